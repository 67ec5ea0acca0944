-- ALTER TABLE cannot add a CHECK. The directive has the runner rebuild the table into this definition: its index stands
-- again, and the events that refer to its rows with ON DELETE CASCADE stay where they are.

-- deploystack: rebuild
CREATE TABLE satelliteProcesses (
    id            TEXT    NOT NULL PRIMARY KEY,
    satellite_id  TEXT    NOT NULL REFERENCES satellites (id) ON DELETE CASCADE,
    server_name   TEXT    NOT NULL,
    status        TEXT    NOT NULL CHECK (status <> ''),
    health_status TEXT    NOT NULL,
    restarts      INTEGER NOT NULL DEFAULT 0 CHECK (restarts >= 0),
    updated_at    INTEGER NOT NULL
) STRICT;
