-- A job that is being processed carries a lease: who works on it, and until when (unix milliseconds). When the time has
-- passed, the job is anybody's again, so a worker that died keeps nothing.

CREATE TABLE queueJobs (
    id             INTEGER PRIMARY KEY,
    type           TEXT    NOT NULL,
    payload        TEXT    NOT NULL CHECK (json_valid(payload)),
    status         TEXT    NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'processing', 'completed', 'failed')),
    scheduled_for  INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,
    max_attempts   INTEGER NOT NULL DEFAULT 3,
    error          TEXT,
    lease_owner    TEXT,
    lease_until_ms INTEGER,
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL,
    completed_at   INTEGER,
    CHECK ((status = 'processing') = (lease_owner IS NOT NULL AND lease_until_ms IS NOT NULL))
) STRICT;

-- Only jobs that still need somebody stand in these two, so they stay small however many jobs are done.
CREATE INDEX queueJobs_pending ON queueJobs (scheduled_for) WHERE status = 'pending';
CREATE INDEX queueJobs_leased ON queueJobs (lease_until_ms) WHERE status = 'processing';
