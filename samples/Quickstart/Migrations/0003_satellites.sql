-- Satellites and what they report. The reports arrive hundreds of times a second: their key is the rowid, so that a new
-- row goes to the end of its table.

CREATE TABLE satellites (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    satellite_type TEXT    NOT NULL CHECK (satellite_type IN ('global', 'team')),
    team_id        TEXT    REFERENCES teams (id) ON DELETE CASCADE,
    status         TEXT    NOT NULL DEFAULT 'active',
    last_heartbeat INTEGER,
    created_by     TEXT    NOT NULL REFERENCES authUser (id),
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX satellites_team_name_unique ON satellites (team_id, name);
CREATE INDEX satellites_created_by ON satellites (created_by);

CREATE TABLE satelliteHeartbeats (
    id             INTEGER PRIMARY KEY,
    satellite_id   TEXT    NOT NULL REFERENCES satellites (id) ON DELETE CASCADE,
    status         TEXT    NOT NULL,
    system_metrics TEXT    NOT NULL,
    process_count  INTEGER NOT NULL,
    error_count    INTEGER NOT NULL,
    timestamp      INTEGER NOT NULL
) STRICT;
CREATE INDEX satelliteHeartbeats_satellite_time ON satelliteHeartbeats (satellite_id, timestamp);

CREATE TABLE satelliteUsageLogs (
    id             INTEGER PRIMARY KEY,
    satellite_id   TEXT    NOT NULL REFERENCES satellites (id) ON DELETE CASCADE,
    team_id        TEXT    NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id        TEXT    REFERENCES authUser (id) ON DELETE CASCADE,
    request_method TEXT    NOT NULL,
    tool_name      TEXT    NOT NULL,
    duration_ms    INTEGER NOT NULL,
    status_code    INTEGER NOT NULL,
    timestamp      INTEGER NOT NULL
) STRICT;
CREATE INDEX satelliteUsageLogs_team_time ON satelliteUsageLogs (team_id, timestamp);
CREATE INDEX satelliteUsageLogs_satellite_id ON satelliteUsageLogs (satellite_id);
CREATE INDEX satelliteUsageLogs_user_id ON satelliteUsageLogs (user_id);

CREATE TABLE satelliteProcesses (
    id            TEXT    NOT NULL PRIMARY KEY,
    satellite_id  TEXT    NOT NULL REFERENCES satellites (id) ON DELETE CASCADE,
    server_name   TEXT    NOT NULL,
    status        TEXT    NOT NULL,
    health_status TEXT    NOT NULL,
    updated_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX satelliteProcesses_satellite_server_unique ON satelliteProcesses (satellite_id, server_name);

CREATE TABLE satelliteProcessEvents (
    id         INTEGER PRIMARY KEY,
    process_id TEXT    NOT NULL REFERENCES satelliteProcesses (id) ON DELETE CASCADE,
    event      TEXT    NOT NULL,
    timestamp  INTEGER NOT NULL
) STRICT;
CREATE INDEX satelliteProcessEvents_process_time ON satelliteProcessEvents (process_id, timestamp);

-- One row per team, satellite and bucket: a report adds to its row instead of making one.
CREATE TABLE mcpClientActivityMetrics (
    team_id          TEXT    NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    satellite_id     TEXT    NOT NULL REFERENCES satellites (id) ON DELETE CASCADE,
    bucket_interval  TEXT    NOT NULL CHECK (bucket_interval IN ('15m', '1h')),
    bucket_timestamp INTEGER NOT NULL,
    request_count    INTEGER NOT NULL DEFAULT 0,
    tool_call_count  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (team_id, bucket_interval, bucket_timestamp, satellite_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mcpClientActivityMetrics_satellite_time ON mcpClientActivityMetrics (satellite_id, bucket_timestamp);

CREATE TABLE auditLog (
    id        INTEGER PRIMARY KEY,
    user_id   TEXT    REFERENCES authUser (id) ON DELETE SET NULL,
    action    TEXT    NOT NULL,
    target    TEXT    NOT NULL,
    timestamp INTEGER NOT NULL
) STRICT;
CREATE INDEX auditLog_user_time ON auditLog (user_id, timestamp);
