-- Roles, users, sessions and teams with DeployStack's names and columns. Times are unix seconds, flags 0 or 1.
-- What has to be unique has a UNIQUE index, and every foreign key has an index, so that a delete finds its rows.

CREATE TABLE roles (
    id             TEXT    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    description    TEXT,
    permissions    TEXT    NOT NULL CHECK (json_valid(permissions)),
    is_system_role INTEGER NOT NULL DEFAULT 0 CHECK (is_system_role IN (0, 1)),
    created_at     INTEGER NOT NULL,
    updated_at     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX roles_name_unique ON roles (name);

CREATE TABLE authUser (
    id              TEXT    NOT NULL PRIMARY KEY,
    username        TEXT    NOT NULL,
    email           TEXT    NOT NULL,
    auth_type       TEXT    NOT NULL CHECK (auth_type IN ('email_signup', 'github')),
    first_name      TEXT,
    last_name       TEXT,
    github_id       TEXT,
    hashed_password TEXT,
    role_id         TEXT    REFERENCES roles (id),
    email_verified  INTEGER NOT NULL DEFAULT 0 CHECK (email_verified IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX authUser_email_unique ON authUser (email);
CREATE UNIQUE INDEX authUser_github_id_unique ON authUser (github_id);
CREATE INDEX authUser_role_id ON authUser (role_id);

CREATE TABLE authSession (
    id         TEXT    NOT NULL PRIMARY KEY,
    user_id    TEXT    NOT NULL REFERENCES authUser (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX authSession_user_id ON authSession (user_id);
CREATE INDEX authSession_expires_at ON authSession (expires_at);

CREATE TABLE teams (
    id                 TEXT    NOT NULL PRIMARY KEY,
    name               TEXT    NOT NULL,
    slug               TEXT    NOT NULL,
    description        TEXT,
    owner_id           TEXT    NOT NULL REFERENCES authUser (id) ON DELETE CASCADE,
    is_default         INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
    non_http_mcp_limit INTEGER NOT NULL DEFAULT 1,
    created_at         INTEGER NOT NULL,
    updated_at         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX teams_slug_unique ON teams (slug);
CREATE INDEX teams_owner_id ON teams (owner_id);

CREATE TABLE teamMemberships (
    id        TEXT    NOT NULL PRIMARY KEY,
    team_id   TEXT    NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id   TEXT    NOT NULL REFERENCES authUser (id) ON DELETE CASCADE,
    role      TEXT    NOT NULL CHECK (role IN ('team_admin', 'team_user')),
    joined_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX teamMemberships_team_user_unique ON teamMemberships (team_id, user_id);
CREATE INDEX teamMemberships_user_id ON teamMemberships (user_id);

INSERT INTO roles (id, name, description, permissions, is_system_role, created_at, updated_at) VALUES
    ('global_admin', 'Global Administrator', 'May do everything', '["settings.view","settings.edit","teams.view","teams.edit"]', 1, unixepoch(), unixepoch()),
    ('global_user', 'Global User', 'Works in teams', '["teams.view"]', 1, unixepoch(), unixepoch());
