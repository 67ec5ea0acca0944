using static DeployStack.Data.DatabaseErrorKind;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>What a plugin tries in a migration, how it is refused, and whether the host can do it.</summary>
/// <param name="Sql">A script.</param>
/// <param name="Kind">The kind of the refusal.</param>
/// <param name="HostCan">Whether its statements succeed for the host.</param>
internal sealed record PluginMigrationEscape(string Sql, DatabaseErrorKind Kind = NotAuthorized, bool HostCan = true)
{
    public static readonly PluginMigrationEscape[] All =
    [
        // names that are not its own
        new("CREATE TABLE mine (x)"),
        new("CREATE TABLE IF NOT EXISTS core (x)"),
        new("CREATE TABLE other_mine (x)"),
        new("CREATE TABLE \"example-pluginX_mine\" (x)"),
        new("CREATE VIEW mine AS SELECT 1"),
        new("CREATE INDEX mine ON \"example-plugin_t\"(v)"),
        new("CREATE TRIGGER mine AFTER DELETE ON \"example-plugin_t\" BEGIN SELECT 1; END"),
        new("ALTER TABLE \"example-plugin_log\" RENAME TO mine"),
        new("ALTER TABLE \"example-plugin_log\" RENAME TO \"other_log\""),
        new("ALTER TABLE \"example-plugin_log\" RENAME TO \"example-pluginX_log\""),
        new("/* CREATE */ ALTER/**/TABLE [example-plugin_log]\nRENAME\tTO [deploystack_x]"),

        // the host's objects
        new("CREATE INDEX \"example-plugin_i\" ON core(secret)"),
        new("CREATE UNIQUE INDEX \"example-plugin_i\" ON core(id) WHERE secret IS NOT NULL"),
        new("CREATE TRIGGER \"example-plugin_spy\" AFTER INSERT ON core BEGIN INSERT INTO \"example-plugin_log\" VALUES (new.secret); END"),
        new("CREATE TRIGGER \"example-plugin_spy\" INSTEAD OF INSERT ON core_view BEGIN SELECT 1; END"),
        new("DROP TABLE core"),
        new("DROP TABLE other_t"),
        new("DROP INDEX core_secret"),
        new("DROP VIEW core_view"),
        new("DROP TRIGGER core_trigger"),
        new("ALTER TABLE core ADD COLUMN x"),
        new("ALTER TABLE core RENAME TO \"example-plugin_core\""),
        new("ALTER TABLE core RENAME COLUMN secret TO x"),
        new("REINDEX core"),
        new("REINDEX"),
        new("ANALYZE"),
        new("DROP TABLE deploystack_migrations", MigrationFailed),
        new("DELETE FROM deploystack_migrations", MigrationFailed),
        new("INSERT INTO deploystack_plugins VALUES ('x', 0, 0)"),
        new("INSERT INTO \"example-plugin_log\" SELECT secret FROM core"),
        new("CREATE TABLE \"example-plugin_c\" AS SELECT secret FROM core"),
        new("CREATE TABLE \"example-plugin_c\" AS SELECT sql FROM sqlite_schema"),
        new("CREATE TABLE \"example-plugin_c\" AS SELECT name FROM pragma_table_list"),
        new("/*/ CREATE */ INSERT INTO \"example-plugin_log\" SELECT sql FROM sqlite_schema"),

        // foreign keys
        new("CREATE TABLE \"example-plugin_f\" (c INTEGER REFERENCES core(id))"),
        new("CREATE TABLE \"example-plugin_f\" (c INTEGER, FOREIGN KEY (c) REFERENCES core)"),
        new("ALTER TABLE \"example-plugin_t\" ADD COLUMN c INTEGER REFERENCES core(id)"),
        new("CREATE TABLE \"example-plugin_f\" (c INTEGER REFERENCES \"not there yet\"(id))"),

        // what runs later, on behalf of whoever fires it
        new("CREATE VIEW \"example-plugin_w\" AS SELECT secret FROM core"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT count(*) FROM core"),
        new("CREATE VIEW \"example-plugin_w\" AS WITH core_view AS (SELECT secret FROM core) SELECT * FROM core_view"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT n FROM (SELECT count(*) AS n FROM core)"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT count(*) FROM core_view"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT sql FROM sqlite_schema"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT * FROM \"core not there yet\""),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER DELETE ON \"example-plugin_t\" BEGIN INSERT INTO \"example-plugin_log\" SELECT secret FROM core; END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER DELETE ON \"example-plugin_t\" BEGIN INSERT INTO \"example-plugin_log\" SELECT n FROM (SELECT count(*) AS n FROM core); END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER UPDATE OF v ON \"example-plugin_t\" BEGIN DELETE FROM core; END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER INSERT ON \"example-plugin_t\" WHEN (SELECT count(*) FROM core) > 0 BEGIN SELECT 1; END"),
        new("CREATE TRIGGER \"example-plugin_w\" INSTEAD OF DELETE ON \"example-plugin_view\" BEGIN DELETE FROM core; END"),
        new("CREATE TABLE \"example-plugin_g\" (a, b TEXT DEFAULT (sqlite_source_id()))"),
        new("CREATE TABLE \"example-plugin_g\" (a TEXT CHECK (a <> sqlite_compileoption_used('x')))"),
        new("CREATE TABLE \"example-plugin_g\" (a, b TEXT AS (sqlite_compileoption_get(a)))", HostCan: false),
        new("CREATE INDEX \"example-plugin_g\" ON \"example-plugin_t\"((SELECT secret FROM core))", MigrationFailed, HostCan: false),

        // what no ordinary statement fires, and what asks nothing about what it reads
        new("INSERT INTO \"example-plugin_twin\" SELECT * FROM core"),
        new("CREATE TABLE \"example-plugin_twin2\" (id INTEGER PRIMARY KEY, secret TEXT); INSERT INTO \"example-plugin_twin2\" SELECT * FROM main.core", HostCan: false), // two statements
        new("CREATE TRIGGER \"example-plugin_w\" AFTER DELETE ON \"example-plugin_t\" BEGIN INSERT INTO \"example-plugin_twin\" SELECT * FROM core; END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER UPDATE OF rowid ON \"example-plugin_t\" BEGIN INSERT INTO \"example-plugin_twin\" SELECT * FROM core; END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER UPDATE OF rowid ON \"example-plugin_t\" BEGIN INSERT INTO \"example-plugin_log\" SELECT n FROM (SELECT count(*) AS n FROM core); END"),
        new("CREATE TRIGGER \"example-plugin_w\" BEFORE UPDATE OF \"_ROWID_\" ON \"example-plugin_log\" BEGIN DELETE FROM core; END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER UPDATE OF oid ON \"example-plugin_t\" WHEN EXISTS (SELECT 1 FROM core) BEGIN SELECT 1; END"),
        new("CREATE TRIGGER \"example-plugin_w\" INSTEAD OF UPDATE OF rowid ON \"example-plugin_view\" BEGIN DELETE FROM core; END"),
        new("CREATE TRIGGER \"example-plugin_w\" INSTEAD OF UPDATE OF v ON \"example-plugin_view\" BEGIN INSERT INTO core (secret) VALUES (new.v); END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER DELETE ON \"example-plugin_log\" BEGIN INSERT INTO \"example-plugin_t\" (id, v) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET v = (SELECT secret FROM core); END"),
        new("CREATE TRIGGER \"example-plugin_w\" AFTER INSERT ON \"example-plugin_t\" BEGIN UPDATE \"example-plugin_log\" SET what = c.secret FROM core AS c; END"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT v FROM \"example-plugin_t\" ORDER BY (SELECT count(*) FROM core)"),
        new("CREATE VIEW \"example-plugin_w\" (a) AS VALUES ((SELECT secret FROM core LIMIT 1))"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT v FROM \"example-plugin_t\" WHERE v IN core_audit"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT v FROM \"example-plugin_t\" LEFT JOIN core AS c ON c.id = \"example-plugin_t\".id"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT * FROM temp.\"example-plugin_t\"", MigrationFailed, HostCan: false),
        new("CREATE TABLE \"example-plugin_g\" (a DEFAULT ((SELECT secret FROM core)))", MigrationFailed, HostCan: false),
        new("CREATE TABLE \"example-plugin_g\" (a DEFAULT (total_changes()))"),
        new("CREATE TABLE \"example-plugin_g\" (a, b DEFAULT ('x' || load_extension('x')))"),
        new("CREATE TABLE \"example-plugin_g\" (a, b DEFAULT (1 + abs(changes()) -- of others\n))"),
        new("CREATE TABLE \"example-plugin_g\" (a DEFAULT ('a' REGEXP 'b'))"),
        new("CREATE TABLE \"example-plugin_g\" (a CHECK (a > total_changes()))"),
        new("CREATE VIEW \"example-plugin_w\" AS SELECT total_changes() AS n"),
        new("CREATE TABLE \"example-plugin_g\" (a, b AS ((SELECT secret FROM core)))", MigrationFailed, HostCan: false),
        new("CREATE INDEX \"example-plugin_g\" ON \"example-plugin_t\"(v) WHERE v IN (SELECT secret FROM core)", MigrationFailed, HostCan: false),
        new("CREATE TABLE \"example-plugin_t \" (x); CREATE TABLE \"example-plugin\u0131_t\" (x)", HostCan: false), // two statements; the second name has a dotless i
        new("CREATE TABLE \"main\".\"core_example-plugin_t\" (x)"),
        new("ALTER TABLE \"example-plugin_log\" RENAME TO \" example-plugin_log\""),
        new("CREATE TABLE \"example-plugin_f\" (c INTEGER REFERENCES \"main.core\"(id))"),
        new("REINDEX nocase; REINDEX binary", HostCan: false), // two statements

        // everything that is not a table
        new("CREATE TEMP TABLE \"example-plugin_temp\" (x)"),
        new("CREATE TABLE temp.\"example-plugin_temp\" (x)"),
        new("CREATE TEMP VIEW \"example-plugin_temp\" AS SELECT secret FROM core"),
        new("CREATE TEMP TRIGGER \"example-plugin_temp\" AFTER INSERT ON core BEGIN SELECT 1; END"),
        new("CREATE TEMP TRIGGER \"example-plugin_temp\" AFTER INSERT ON main.\"example-plugin_t\" BEGIN SELECT 1; END"),
        new("CREATE VIRTUAL TABLE \"example-plugin_fts\" USING fts5(x)"),
        new("PRAGMA writable_schema=ON", MigrationFailed),
        new("PRAGMA user_version=7"),
        new("PRAGMA main.journal_mode=DELETE", MigrationFailed, HostCan: false),
        new("PRAGMA legacy_alter_table=ON", MigrationFailed),
        new("ATTACH ':memory:' AS x", MigrationFailed, HostCan: false),
        new("VACUUM INTO 'stolen.db'", MigrationFailed, HostCan: false),
        new("SELECT load_extension('x')", HostCan: false),
        new("COMMIT; DROP TABLE core", MigrationFailed, HostCan: false),
        new("/*/ CREATE */ COMMIT", MigrationFailed, HostCan: false),
    ];
}
