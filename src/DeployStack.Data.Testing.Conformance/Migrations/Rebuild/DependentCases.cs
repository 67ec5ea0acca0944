namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>Indexes, triggers and views are there afterwards and do what they did.</summary>
internal static class DependentCases
{
    private const string Log = "CREATE TABLE log (text TEXT); CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, age INTEGER); INSERT INTO t VALUES (1, 'Ada', 36), (2, 'Bob', 7);\n";

    private const string Indexes = Log + """
        CREATE UNIQUE INDEX t_name ON t(name COLLATE NOCASE);
        CREATE INDEX t_partial ON t (age DESC) WHERE name IS NOT NULL AND age > 5; -- kept
        CREATE INDEX "t expr" ON t(lower(name) || '-' || age, id);
        CREATE INDEX [t plain] on t (/* first */ age asc, name);
        """;

    public static IEnumerable<RebuildCase> All { get; } =
    [
        new("Indexes stay: unique, partial, over expressions, descending, collated", Indexes, static t => t.AddColumn("more"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, more)""",
            Kept = "id, name, age",
            Then =
            [
                ("SELECT 1", "SELECT count(*) FROM t INDEXED BY t_partial WHERE name IS NOT NULL AND age > 5", "2"),
                ("SELECT 1", "SELECT id FROM t INDEXED BY \"t expr\" WHERE lower(name) || '-' || age = 'bob-7'", "2"),
                ("INSERT OR IGNORE INTO t (name) VALUES ('ADA')", "SELECT count(*) FROM t", "2"),
            ],
        },
        Renamed("Indexes", Indexes) with
        {
            Objects = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["t_name"] = "CREATE UNIQUE INDEX t_name ON t(title COLLATE NOCASE)",
                ["t_partial"] = "CREATE INDEX t_partial ON t (age DESC) WHERE title IS NOT NULL AND age > 5",
                ["t expr"] = "CREATE INDEX \"t expr\" ON t(lower(title) || '-' || age, id)",
                ["t plain"] = "CREATE INDEX [t plain] on t (/* first */ age asc, title)",
            },
        },
        new("Statistics of ANALYZE stay", Indexes + "ANALYZE;", RebuildCase.Nothing) { Then = [("SELECT 1", "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 't'", "4")] },
        new("A trigger on the table fires afterwards, and not for the copy", Log + """
            CREATE TRIGGER t_insert AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('in ' || new.name); END;
            CREATE TRIGGER t_delete BEFORE DELETE ON t WHEN old.age > 10 BEGIN INSERT INTO log VALUES ('out ' || old.name); SELECT CASE WHEN old.id = 9 THEN RAISE(ABORT, 'no') END; END;
            CREATE TRIGGER t_update AFTER UPDATE OF age ON t BEGIN UPDATE t SET name = name || '!' WHERE id = new.id; END;
            """, static t => t.ChangeType("age", "REAL"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age REAL)""",
            Rows = ["1,'Ada',36.0", "2,'Bob',7.0"],
            Then =
            [
                ("INSERT INTO t VALUES (3, 'Cyd', 1)", "SELECT group_concat(text) FROM log", "in Cyd"),
                ("DELETE FROM t WHERE id = 1", "SELECT group_concat(text) FROM log", "in Cyd,out Ada"),
                ("UPDATE t SET age = 8 WHERE id = 2", "SELECT name FROM t WHERE id = 2", "Bob!"),
            ],
        },
        new("A trigger on another table that writes to the table", Log + "CREATE TRIGGER log_insert AFTER INSERT ON log BEGIN INSERT INTO t (name) VALUES (new.text); DELETE FROM t WHERE id = 1; END;", static t => t.AddColumn("more INTEGER DEFAULT 3"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, more INTEGER DEFAULT 3)""",
            Kept = "id, name, age",
            Then = [("INSERT INTO log VALUES ('Eve')", "SELECT group_concat(name || coalesce(more, '-')) FROM t", "Bob3,Eve3")],
        },
        Renamed("Triggers", Log + """
            CREATE TRIGGER t_update AFTER UPDATE OF name ON t WHEN new.name <> old.name BEGIN INSERT INTO log SELECT name FROM t WHERE t.id = new.id; END;
            CREATE TRIGGER log_insert AFTER INSERT ON log BEGIN UPDATE t SET age = age + 1 WHERE name = new.text; END;
            """) with
        {
            Objects = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["t_update"] = "CREATE TRIGGER t_update AFTER UPDATE OF title ON t WHEN new.title <> old.title BEGIN INSERT INTO log SELECT title FROM t WHERE t.id = new.id; END",
                ["log_insert"] = "CREATE TRIGGER log_insert AFTER INSERT ON log BEGIN UPDATE t SET age = age + 1 WHERE title = new.text; END",
            },
            Then = [("UPDATE t SET title = 'Zoe' WHERE id = 2", "SELECT age FROM t WHERE id = 2", "8")],
        },
        new("Views stay, chains of them too", Log + """
            CREATE VIEW v AS SELECT id, name FROM t WHERE age > 10; -- adults
            CREATE VIEW "v of v" AS SELECT count(*) AS n FROM v;
            CREATE VIEW w (a, b) AS WITH x AS (SELECT * FROM "v of v") SELECT n, (SELECT max(age) FROM t) FROM x;
            """, static t => t.AddColumn("more"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, more)""",
            Kept = "id, name, age",
            Then = [("INSERT INTO t VALUES (3, 'Cyd', 50, 0)", "SELECT a || ' ' || b FROM w", "2 50")],
        },
        Renamed("Views", Log + "CREATE VIEW v AS SELECT id, name AS n FROM t; CREATE VIEW w AS SELECT x.name FROM t AS x JOIN v ON v.id = x.id;") with
        {
            Objects = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["v"] = "CREATE VIEW v AS SELECT id, title AS n FROM t",
                ["w"] = "CREATE VIEW w AS SELECT x.title FROM t AS x JOIN v ON v.id = x.id",
            },
            Then = [("SELECT 1", "SELECT group_concat(n) FROM v", "Ada,Bob")],
        },
        new("A trigger on a view of the table", Log + """
            CREATE VIEW v AS SELECT id, name FROM t;
            CREATE TRIGGER v_insert INSTEAD OF INSERT ON v BEGIN INSERT INTO t (name, age) VALUES (new.name, 1); END;
            CREATE TRIGGER v_update INSTEAD OF UPDATE ON v BEGIN UPDATE t SET name = new.name WHERE id = old.id; END;
            """, static t => t.ChangeType("age", "TEXT"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age TEXT)""",
            Rows = ["1,'Ada','36'", "2,'Bob','7'"],
            Then = [("INSERT INTO v VALUES (0, 'Cyd')", "SELECT age FROM t WHERE name = 'Cyd'", "1"), ("UPDATE v SET name = 'x' WHERE id = 1", "SELECT name FROM t WHERE id = 1", "x")],
        },
        new("A view of all columns shows the new one", Log + "CREATE VIEW v AS SELECT * FROM t;", static t => t.AddColumn("more TEXT DEFAULT 'm'"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, more TEXT DEFAULT 'm')""",
            Kept = "id, name, age",
            Then = [("SELECT 1", "SELECT group_concat(more) FROM v", "m,m")],
        },
        new("Triggers and views that do not know the table are left alone", Log + "CREATE TABLE u (a); CREATE VIEW v AS SELECT a FROM u; CREATE TRIGGER u_insert AFTER INSERT ON u BEGIN INSERT INTO log VALUES (new.a); END;", static t => t.AddColumn("more"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, more)""",
            Kept = "id, name, age",
            Then = [("INSERT INTO u VALUES ('x')", "SELECT a || text FROM v, log", "xx")],
        },
        new("A full-text index over the table stays in step", Log + """
            CREATE VIRTUAL TABLE ft USING fts5(name, content='t', content_rowid='id');
            INSERT INTO ft(ft) VALUES ('rebuild');
            CREATE TRIGGER t_ft AFTER INSERT ON t BEGIN INSERT INTO ft(rowid, name) VALUES (new.id, new.name); END;
            """, static t => t.AddColumn("more"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT, age INTEGER, more)""",
            Kept = "id, name, age",
            Then = [("INSERT INTO t (id, name) VALUES (5, 'Grace Ada')", "SELECT group_concat(rowid) FROM ft WHERE ft MATCH 'ada'", "1,5")],
        },
    ];

    private static RebuildCase Renamed(string what, string script)
        => new($"{what} follow a renamed column", script, static t => t.RenameColumn("name", "title"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, title TEXT, age INTEGER)""",
            Kept = "id, name, age",
            KeptAfter = "id, title, age",
        };
}
