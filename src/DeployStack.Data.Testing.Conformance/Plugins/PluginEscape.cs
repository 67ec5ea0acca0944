using static DeployStack.Data.DatabaseErrorKind;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>What a plugin tries at run time, how it is refused, and whether the host can do it.</summary>
/// <param name="Sql">One statement.</param>
/// <param name="Kind">The kind of the refusal.</param>
/// <param name="HostCan">Whether the same statement succeeds for the host.</param>
internal sealed record PluginEscape(string Sql, DatabaseErrorKind Kind = NotAuthorized, bool HostCan = true)
{
    public static readonly PluginEscape[] All =
    [
        // a table of the host, spelled in every way
        new("SELECT secret FROM core"),
        new("SELECT * FROM \"core\""),
        new("SELECT * FROM [core]"),
        new("SELECT * FROM `core`"),
        new("SELECT * FROM 'core'"),
        new("SELECT * FROM main.core"),
        new("SELECT * FROM \"main\".\"CORE\""),
        new("sElEcT SeCrEt fRoM CoRe"),
        new("SELECT/**/secret/* \"example-plugin_t\" */FROM--\ncore"),
        new("; ;SELECT secret FROM core"),
        new("SELECT count(*) FROM core"),
        new("SELECT 1 FROM core"),
        new("SELECT (SELECT secret FROM core LIMIT 1)"),
        new("SELECT v FROM \"example-plugin_t\" WHERE EXISTS (SELECT 1 FROM core)"),
        new("SELECT v FROM \"example-plugin_t\" UNION ALL SELECT secret FROM core"),
        new("SELECT v FROM \"example-plugin_t\" NATURAL JOIN core"),
        new("SELECT v FROM \"example-plugin_t\" ORDER BY (SELECT secret FROM core LIMIT 1)"),
        new("SELECT max(v) OVER (ORDER BY (SELECT count(*) FROM core)) FROM \"example-plugin_t\""),
        new("SELECT value FROM json_each((SELECT json_group_array(secret) FROM core))"),
        new("EXPLAIN SELECT secret FROM core"),
        new("EXPLAIN QUERY PLAN SELECT secret FROM core"),

        // the name in which it happens is chosen by the attacker: a common table expression called as something of others
        new("WITH x AS (SELECT secret FROM core) SELECT * FROM x"),
        new("WITH core_view AS (SELECT secret FROM core) SELECT * FROM core_view"),
        new("WITH core_trigger AS (SELECT secret FROM core) SELECT * FROM core_trigger"),
        new("WITH other_v AS (SELECT value FROM other_t) SELECT * FROM other_v"),
        new("WITH \"example-plugin_view\" AS (SELECT secret FROM core) SELECT * FROM \"example-plugin_view\"", HostCan: false), // the name is the plugin's
        new("WITH core AS (SELECT 1 AS one) SELECT count(*) FROM core"), // harmless, and refused: the name is a table's
        new("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < (SELECT count(*) FROM sqlite_schema)) SELECT n FROM r"),

        // views of the host, other plugins, look-alikes
        new("SELECT secret FROM core_view"),
        new("SELECT count(*) FROM core_view"),
        new("SELECT value FROM other_t"),
        new("SELECT count(*) FROM other_v"),
        new("INSERT INTO other_t VALUES ('x')"),
        new("SELECT v FROM \"example-pluginX_t\""),
        new("SELECT v FROM \"example-plugin\""),
        new("SELECT v FROM \"example-plugın_t\""),

        // the catalogue, SQLite's own tables, the library's
        new("SELECT sql FROM sqlite_schema"),
        new("SELECT sql FROM \"sqlite_master\""),
        new("SELECT count(*) FROM main.sqlite_schema"),
        new("SELECT name FROM sqlite_temp_schema"),
        new("SELECT seq FROM sqlite_sequence"),
        new("UPDATE sqlite_sequence SET seq = 0"),
        new("UPDATE sqlite_schema SET sql = ''", HostCan: false),
        new("SELECT script FROM deploystack_migrations"),
        new("DELETE FROM deploystack_migrations"),
        new("UPDATE deploystack_plugins SET initialized_at = NULL"),
        new("SELECT name FROM pragma_table_info('core')"),
        new("SELECT name FROM pragma_table_info('example-plugin_t')"),
        new("SELECT name FROM pragma_table_list"),
        new("SELECT count(*) FROM pragma_module_list"),
        new("SELECT file FROM pragma_database_list"),

        // pragmas
        new("PRAGMA user_version=7"),
        new("PRAGMA writable_schema=ON"),
        new("PRAGMA main.table_info(core)"),
        new("PRAGMA table_info('core')"),
        new("PRAGMA index_info(core_secret)"),
        new("PRAGMA foreign_keys=OFF"),
        new("PRAGMA query_only=0"),
        new("PRAGMA trusted_schema=1"),
        new("PRAGMA database_list"),
        new("PRAGMA cache_size=1"),
        new("PRAGMA case_sensitive_like=1"),
        new("PRAGMA \"table_list\""),

        // files, extensions, transactions, maintenance
        new("ATTACH ':memory:' AS x", NotSupported, HostCan: false),
        new("/*/ SELECT */ ATTACH ':memory:' AS x", NotSupported, HostCan: false),
        new("VACUUM", HostCan: false),
        new("VACUUM INTO 'stolen.db'", HostCan: false),
        new("REINDEX core_secret"),
        new("ANALYZE core"),
        new("COMMIT", SessionMisuse, HostCan: false),
        new("SAVEPOINT x", SessionMisuse, HostCan: false),
        new("/*/ SELECT */ ROLLBACK", SessionMisuse, HostCan: false),
        new("SELECT 1; SELECT secret FROM core", InvalidSql, HostCan: false),
        new("SELECT load_extension('x')", HostCan: false),
        new("SELECT sqlite_version()"),
        new("SELECT sqlite_compileoption_get(0)"),
        new("SELECT total_changes()"),

        // writes that read or touch the host's tables
        new("INSERT INTO core VALUES (3, 'x')"),
        new("REPLACE INTO core VALUES (1, 'x')"),
        new("UPDATE core SET secret = 'x'"),
        new("DELETE FROM core"),
        new("INSERT INTO \"example-plugin_t\" (v) SELECT secret FROM core"),
        new("INSERT INTO \"example-plugin_t\" (v) VALUES ('r') RETURNING (SELECT secret FROM core LIMIT 1)"),
        new("UPDATE \"example-plugin_t\" SET v = core.secret FROM core WHERE core.id = \"example-plugin_t\".id"),
        new("INSERT INTO \"example-plugin_t\" (id, v) VALUES (1, 'u') ON CONFLICT (id) DO UPDATE SET v = (SELECT secret FROM core WHERE id = 1)"),
        new("DELETE FROM \"example-plugin_t\" WHERE id IN (SELECT id FROM core)"),
        new("WITH x AS (SELECT 3 AS id, 'x' AS secret) INSERT INTO core SELECT * FROM x"),

        // the ways on which SQLite asks nothing, or little, about what is read
        new("INSERT INTO \"example-plugin_twin\" SELECT * FROM core"),
        new("INSERT INTO \"example-plugin_twin\" SELECT ALL * FROM main.[core] AS x"),
        new("INSERT/**/INTO main.\"EXAMPLE-PLUGIN_TWIN\" SELECT*FROM core"),
        new("INSERT OR ABORT INTO \"example-plugin_twin\" SELECT * FROM core"),
        new("REPLACE INTO \"example-plugin_twin\" SELECT * FROM core"),
        new("EXPLAIN INSERT INTO \"example-plugin_twin\" SELECT * FROM core"),
        new("INSERT INTO \"example-plugin_log\" SELECT * FROM core_audit"),
        new("INSERT INTO \"example-plugin_schema\" SELECT * FROM sqlite_schema"),
        new("INSERT INTO core SELECT * FROM \"example-plugin_twin\""),
        new("SELECT 1 WHERE 'x' IN core_audit"),
        new("SELECT 1 WHERE (1, 'x') NOT IN core"),
        new("SELECT * FROM (SELECT v FROM \"example-plugin_t\" UNION ALL SELECT 'x' FROM core)"),
        new("SELECT v FROM \"example-plugin_t\" LEFT JOIN core AS c ON c.id = \"example-plugin_t\".id"),
        new("SELECT count(*) FILTER (WHERE v IN (SELECT secret FROM core)) FROM \"example-plugin_t\""),
        new("SELECT v, sum(id) OVER w FROM \"example-plugin_t\" WINDOW w AS (PARTITION BY (SELECT max(secret) FROM core))"),
        new("SELECT 1 FROM core LIMIT 0"),
        new("SELECT _rowid_ FROM core"),
        new("SELECT max(oid) FROM core"),
        new("VALUES ((SELECT secret FROM core LIMIT 1))"),
        new("SELECT printf('%s', (SELECT json_group_object(id, secret) FROM core))"),
        new("INSERT INTO \"example-plugin_t\" (id, v) VALUES (1, 'u') ON CONFLICT (id) DO UPDATE SET v = 'z' WHERE EXISTS (SELECT 1 FROM core)"),
        new("WITH a AS MATERIALIZED (SELECT 1 AS one), b AS NOT MATERIALIZED (SELECT one FROM a, core) SELECT one FROM b"),
        new("SELECT v FROM temp.\"example-plugin_t\"", SchemaMissing, HostCan: false),
        new("SELECT v FROM \"example-plugin_t \"", SchemaMissing, HostCan: false), // a space behind it: another name, and nobody has it
        new("SELECT v FROM \"example-\u212Aplugin_t\"", SchemaMissing, HostCan: false),
        new("SELECT * FROM \"example-plugin\""),
        new("SELECT name FROM sqlite_temp_master"),
        new("SELECT seq FROM main.\"SQLITE_SEQUENCE\""),
        new("EXPLAIN DROP TABLE core", HostCan: false),
        new("EXPLAIN ATTACH ':memory:' AS x", HostCan: false),
        new("EXPLAIN PRAGMA writable_schema=ON", HostCan: false),
        new("PRAGMA count_changes=1"),
        new("PRAGMA temp.table_info(core)"),
        new("SELECT changes()"),
        new("SELECT zeroblob(8), load_extension('x', 'y')", HostCan: false),

        // no changes of the schema at run time, not even of its own
        new("CREATE TABLE \"example-plugin_new\" (x)"),
        new("DROP TABLE \"example-plugin_log\""),
        new("ALTER TABLE \"example-plugin_t\" ADD COLUMN y"),
        new("CREATE TEMP TABLE \"example-plugin_temp\" (x)"),
        new("CREATE TEMP TRIGGER spy AFTER INSERT ON main.core BEGIN SELECT 1; END"),
        new("/*/ SELECT */ DROP TABLE core"),
    ];
}
