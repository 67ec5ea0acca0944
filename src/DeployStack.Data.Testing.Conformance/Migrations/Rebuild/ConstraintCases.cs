namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>Constraints, generated columns, STRICT tables and odd names.</summary>
internal static class ConstraintCases
{
    public static IEnumerable<RebuildCase> All { get; } =
    [
        new("CHECK, COLLATE and DEFAULT stay", "CREATE TABLE t (a TEXT COLLATE NOCASE CONSTRAINT short CHECK (length(a) < 4), b INTEGER DEFAULT (abs(-5)), c TEXT DEFAULT 'it''s, (x)', at TEXT DEFAULT CURRENT_TIMESTAMP, CONSTRAINT both CHECK (a <> b));\nINSERT INTO t (a) VALUES ('Abc');", static t => t.AddColumn("d"))
        {
            Sql = """CREATE TABLE "t" (a TEXT COLLATE NOCASE CONSTRAINT short CHECK (length(a) < 4), b INTEGER DEFAULT (abs(-5)), c TEXT DEFAULT 'it''s, (x)', at TEXT DEFAULT CURRENT_TIMESTAMP, d, CONSTRAINT both CHECK (a <> b))""",
            Kept = "a, b, c, at",
            Then = [("INSERT OR IGNORE INTO t (a) VALUES ('long text')", "SELECT count(*) FROM t WHERE a = 'ABC'", "1"), ("INSERT INTO t (a) VALUES ('x')", "SELECT group_concat(b || c) FROM t WHERE a = 'x'", "5it's, (x)")],
        },
        new("CHECK follows a renamed column", "CREATE TABLE t (a INTEGER CHECK (a > 0), \"b\" INTEGER, CHECK (t.a < b AND [b] < 100));\nINSERT INTO t VALUES (1, 2);", static t => t.RenameColumn("a", "low").RenameColumn("b", "high"))
        {
            Sql = """CREATE TABLE "t" (low INTEGER CHECK (low > 0), "high" INTEGER, CHECK ("t".low < high AND "high" < 100))""",
            Kept = "a, b",
            KeptAfter = "low, high",
        },
        new("Conflict clauses stay and leave out no row", "CREATE TABLE t (a TEXT NOT NULL ON CONFLICT IGNORE, b INTEGER UNIQUE ON CONFLICT REPLACE, UNIQUE (a, b) ON CONFLICT FAIL);\nINSERT INTO t VALUES ('x', 1), ('y', 2);", static t => t.AddColumn("c"))
        {
            Sql = """CREATE TABLE "t" (a TEXT NOT NULL ON CONFLICT IGNORE, b INTEGER UNIQUE ON CONFLICT REPLACE, c, UNIQUE (a, b) ON CONFLICT FAIL)""",
            Kept = "rowid, a, b",
            Then = [("INSERT INTO t VALUES (NULL, 3, 0), ('z', 1, 0)", "SELECT group_concat(a || b) FROM (SELECT a, b FROM t ORDER BY a)", "y2,z1")],
        },
        new("A virtual generated column stays", "CREATE TABLE t (a INTEGER, b INTEGER GENERATED ALWAYS AS (a * 2) VIRTUAL, c TEXT);\nINSERT INTO t VALUES (1, 'x'); CREATE INDEX t_b ON t(b);", static t => t.RenameColumn("a", "n").AddColumn("d"))
        {
            Sql = """CREATE TABLE "t" (n INTEGER, b INTEGER GENERATED ALWAYS AS (n * 2) VIRTUAL, c TEXT, d)""",
            Kept = "a, b, c",
            KeptAfter = "n, b, c",
        },
        new("A stored generated column stays", "CREATE TABLE t (a INTEGER, b AS (a || '!') STORED NOT NULL UNIQUE, c TEXT);\nINSERT INTO t VALUES (1, 'x'), (2, 'y');", static t => t.ChangeType("c", "BLOB"))
        {
            Sql = """CREATE TABLE "t" (a INTEGER, b AS (a || '!') STORED NOT NULL UNIQUE, c BLOB)""",
            Rows = ["1,'1!',X'78'", "2,'2!',X'79'"],
        },
        new("A generated column becomes an ordinary one", "CREATE TABLE t (a INTEGER, b TEXT AS (a || '!'));\nINSERT INTO t VALUES (1), (2);", static t => t.To("CREATE TABLE t (a INTEGER, b TEXT)"))
        {
            Sql = """CREATE TABLE "t" (a INTEGER, b TEXT)""",
            Then = [("UPDATE t SET b = 'own' WHERE a = 1", "SELECT group_concat(b) FROM t", "own,2!")],
        },
        new("A column becomes generated where its values are the same", "CREATE TABLE t (a INTEGER, b INTEGER);\nINSERT INTO t VALUES (1, 2), (4, 8);", static t => t.To("CREATE TABLE t (a INTEGER, b INTEGER AS (a * 2))")) { Sql = """CREATE TABLE "t" (a INTEGER, b INTEGER AS (a * 2))""" },
        new("STRICT stays", "CREATE TABLE t (a INT, b ANY, c TEXT) STRICT;\nINSERT INTO t VALUES (1, '5', 'x'), (2, 5, NULL);", static t => t.AddColumn("d REAL DEFAULT 1.5"))
        {
            Sql = """CREATE TABLE "t" (a INT, b ANY, c TEXT, d REAL DEFAULT 1.5) STRICT""",
            Kept = "a, b, c",
            Then = [("INSERT OR IGNORE INTO t (a) VALUES (1)", "SELECT group_concat(strict) FROM pragma_table_list WHERE name = 't'", "1")],
        },
        new("A table becomes STRICT, one column with a cast", "CREATE TABLE t (a TEXT, b VARCHAR(3));\nINSERT INTO t VALUES ('12', 'x');", static t => t.To("CREATE TABLE t (a INTEGER, b TEXT) STRICT")) { Sql = """CREATE TABLE "t" (a INTEGER, b TEXT) STRICT""", Rows = ["12,'x'"] },
        new("NOT NULL and UNIQUE are added", "CREATE TABLE t (a TEXT, b TEXT);\nINSERT INTO t VALUES ('x', 'y');", static t => t.To("CREATE TABLE t (a TEXT NOT NULL UNIQUE, b TEXT)")) { Sql = """CREATE TABLE "t" (a TEXT NOT NULL UNIQUE, b TEXT)""" },
        new("Constraints without commas between them", "CREATE TABLE t (a, b, CONSTRAINT one UNIQUE (a) CHECK (b > 0) PRIMARY KEY (b));\nINSERT INTO t VALUES (1, 2);", static t => t.AddColumn("c")) { Sql = """CREATE TABLE "t" (a, b, c, CONSTRAINT one UNIQUE (a) CHECK (b > 0) PRIMARY KEY (b))""", Kept = "a, b" },
        new("Every storage class keeps its bytes", "CREATE TABLE t (a, b TEXT COLLATE NOCASE, c REAL, d NUMERIC);\nINSERT INTO t VALUES (1, 'Ä', 0.1, 1.5), (1.0, 'ä', -0.0, 'text'), ('1', CAST(x'ff00fe' AS TEXT), 9e999, 9223372036854775807), (x'31', NULL, 1e300, x'00'), (NULL, '', 3, ''), ('a' || char(0) || 'b', 'B', 1, 2);", static t => t.AddColumn("e"))
        {
            Sql = """CREATE TABLE "t" (a, b TEXT COLLATE NOCASE, c REAL, d NUMERIC, e)""",
            Kept = "typeof(a), hex(a), typeof(b), hex(b), c, typeof(d), d",
        },
        new("A table of 150 columns", $"CREATE TABLE t ({string.Join(", ", Enumerable.Range(0, 150).Select(static i => $"c{i}"))});\nINSERT INTO t (c0, c149) VALUES (1, 'last');", static t => t.RenameColumn("c149", "z"))
        {
            Sql = $"CREATE TABLE \"t\" ({string.Join(", ", Enumerable.Range(0, 149).Select(static i => $"c{i}"))}, z)",
            Kept = "c0, c149",
            KeptAfter = "c0, z",
        },
        new("A name with spaces, quotes and a semicolon", "CREATE TABLE \"a \"\"b\"\"; c\" (\"x y\" INTEGER, [z;] TEXT, `q``q` TEXT);\nINSERT INTO \"a \"\"b\"\"; c\" VALUES (1, 'z', 'q'); CREATE INDEX \"i \"\"x\" ON \"a \"\"b\"\"; c\" ([z;]); CREATE VIEW v AS SELECT [x y] FROM [a \"b\"; c];", static t => t.RenameColumn("x y", "x").AddColumn("more"))
        {
            Table = "a \"b\"; c",
            Sql = "CREATE TABLE \"a \"\"b\"\"; c\" (\"x\" INTEGER, [z;] TEXT, `q``q` TEXT, more)",
            Kept = "\"x y\", [z;], `q``q`",
            KeptAfter = "x, [z;], `q``q`",
            Objects = new Dictionary<string, string>(StringComparer.Ordinal) { ["v"] = "CREATE VIEW v AS SELECT \"x\" FROM [a \"b\"; c]" },
        },
        new("A keyword for a name, in brackets", "CREATE TABLE [select] ([from] INTEGER, [group] TEXT);\nINSERT INTO [select] VALUES (1, 'g'); CREATE TRIGGER [trigger] AFTER INSERT ON [select] BEGIN UPDATE [select] SET [group] = 'set' WHERE [from] = new.[from]; END;", static t => t.ChangeType("group", "BLOB"))
        {
            Table = "select",
            Sql = "CREATE TABLE \"select\" ([from] INTEGER, [group] BLOB)",
            Rows = ["1,X'67'"],
            Then = [("INSERT INTO \"select\" VALUES (2, '')", "SELECT \"group\" FROM \"select\" WHERE \"from\" = 2", "set")],
        },
        new("Letters of other languages, told apart by case as the engine does", "CREATE TABLE Größe (é INTEGER, É INTEGER, 名 TEXT);\nINSERT INTO Größe VALUES (1, 2, 'n'); CREATE VIEW v AS SELECT É, 名 FROM Größe;", static t => t.RenameColumn("é", "e").AddColumn("n"))
        {
            Sql = """CREATE TABLE "Größe" (e INTEGER, É INTEGER, 名 TEXT, n)""",
            Kept = "é, É, 名",
            KeptAfter = "e, É, 名",
            Table = "Größe",
        },
        new("A name given in another case", "CREATE TABLE t (Id INTEGER, Name TEXT);\nINSERT INTO t VALUES (1, 'n'); CREATE INDEX T_NAME ON T(NAME);", static t => t.RenameColumn("NAME", "Title").ChangeType("ID", "TEXT"))
        {
            Table = "T",
            Sql = """CREATE TABLE "t" (Id TEXT, Title TEXT)""",
            Rows = ["'1','n'"],
            Objects = new Dictionary<string, string>(StringComparer.Ordinal) { ["T_NAME"] = "CREATE INDEX T_NAME ON T(Title)" },
        },
        new("Names that the rebuild itself would take", "CREATE TABLE t (a); CREATE TABLE new_t (a); CREATE TABLE proof_of_t (a); CREATE VIEW v AS SELECT t.a, new_t.a AS b FROM t, new_t;\nINSERT INTO t VALUES (1); INSERT INTO new_t VALUES (2);", static t => t.AddColumn("b"))
        {
            Sql = """CREATE TABLE "t" (a, b)""",
            Kept = "a",
            Then = [("SELECT 1", "SELECT a || b FROM v", "12")],
        },
    ];
}
