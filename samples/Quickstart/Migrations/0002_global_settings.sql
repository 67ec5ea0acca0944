-- The settings and their groups with DeployStack's names and columns. A value is text; '' is unset.

CREATE TABLE globalSettingGroups (
    id          TEXT    NOT NULL PRIMARY KEY,
    name        TEXT    NOT NULL,
    description TEXT,
    icon        TEXT,
    sort_order  INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE globalSettings (
    key          TEXT    NOT NULL PRIMARY KEY,
    value        TEXT    NOT NULL,
    type         TEXT    NOT NULL DEFAULT 'string',
    description  TEXT,
    is_encrypted INTEGER NOT NULL DEFAULT 0 CHECK (is_encrypted IN (0, 1)),
    group_id     TEXT    REFERENCES globalSettingGroups (id),
    created_at   INTEGER NOT NULL,
    updated_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX globalSettings_group_id ON globalSettings (group_id);
