namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>Rowids, AUTOINCREMENT, primary keys and foreign keys.</summary>
internal static class KeyCases
{
    private const string Family = """
        CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT);
        INSERT INTO t VALUES (1, 'a', 'A'), (2, 'b', 'B');
        CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL REFERENCES t(id) ON DELETE CASCADE, code TEXT REFERENCES t(code) ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO child VALUES (10, 1, 'a'), (11, 2, 'a'), (12, 2, NULL);
        CREATE TABLE grandchild (child_id INTEGER REFERENCES child ON DELETE CASCADE);
        INSERT INTO grandchild VALUES (10), (11), (12);
        """;

    public static IEnumerable<RebuildCase> All { get; } =
    [
        new("Rowids without a key stay", "CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (5, 'x'), (-3, 'y'), (9223372036854775807, 'z');", static t => t.ChangeType("a", "TEXT")) { Sql = """CREATE TABLE "t" (a TEXT)""", Kept = "rowid, a" },
        new("Rowids stay where columns take two of their names", "CREATE TABLE t (rowid TEXT, oid TEXT, a); INSERT INTO t (_rowid_, rowid, oid, a) VALUES (42, 'r', 'o', 1);", static t => t.ChangeType("a", "INTEGER")) { Sql = """CREATE TABLE "t" (rowid TEXT, oid TEXT, a INTEGER)""", Kept = "_rowid_, rowid, oid, a" },
        new("A key of its own may be called by all names of the rowid", "CREATE TABLE t (rowid TEXT, oid TEXT, _rowid_ TEXT, id INTEGER PRIMARY KEY); INSERT INTO t VALUES ('a', 'b', 'c', 7);", static t => t.AddColumn("x")) { Sql = """CREATE TABLE "t" (rowid TEXT, oid TEXT, _rowid_ TEXT, id INTEGER PRIMARY KEY, x)""", Kept = "rowid, oid, _rowid_, id" },
        new("A key that is no rowid (INTEGER PRIMARY KEY DESC)", "CREATE TABLE t (id INTEGER PRIMARY KEY DESC, a); INSERT INTO t (rowid, id, a) VALUES (50, 1, 'x'), (60, NULL, 'y');", static t => t.AddColumn("b")) { Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY DESC, a, b)""", Kept = "rowid, id, a" },
        new("AUTOINCREMENT goes on behind deleted rows", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t VALUES (1, 'x'), (100, 'y'); DELETE FROM t WHERE id = 100;", static t => t.AddColumn("b"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b)""",
            Kept = "id, a",
            Then = [("INSERT INTO t (a) VALUES ('z')", "SELECT max(id) FROM t", "101"), ("SELECT 1", "SELECT group_concat(name || seq) FROM sqlite_sequence", "t101")],
        },
        new("AUTOINCREMENT goes on in a table that is empty now", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t VALUES (70, 'x'); DELETE FROM t;", static t => t.RenameColumn("a", "b"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY AUTOINCREMENT, b)""",
            Kept = "id",
            Then = [("INSERT INTO t (b) VALUES ('z')", "SELECT max(id) FROM t", "71")],
        },
        new("AUTOINCREMENT of a table that never had a row", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a);", static t => t.AddColumn("b"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY AUTOINCREMENT, a, b)""",
            Kept = "id",
            Then = [("INSERT INTO t (a) VALUES ('z')", "SELECT max(id) FROM t", "1")],
        },
        new("AUTOINCREMENT is given up", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a); INSERT INTO t VALUES (70, 'x'); DELETE FROM t;", static t => t.To("CREATE TABLE t (id INTEGER PRIMARY KEY, a)"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, a)""",
            Then = [("INSERT INTO t (a) VALUES ('z')", "SELECT max(id) FROM t", "1"), ("SELECT 1", "SELECT count(*) FROM sqlite_sequence", "0")],
        },
        new("A column becomes the rowid", "CREATE TABLE t (id INTEGER NOT NULL, a); INSERT INTO t (rowid, id, a) VALUES (1, 30, 'x'), (2, 20, 'y');", static t => t.To("CREATE TABLE t (id INTEGER PRIMARY KEY, a)"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, a)""",
            Kept = "a, id",
            KeptAfter = "a, rowid",
        },
        new("The rowid becomes a column", "CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (4, 'x');", static t => t.To("CREATE TABLE t (id INTEGER PRIMARY KEY, a)"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, a)""",
            Kept = "rowid, a",
            KeptAfter = "id, a",
        },
        new("The rowid stays where its column is no key any more", "CREATE TABLE t (id INTEGER PRIMARY KEY, a); INSERT INTO t VALUES (4, 'x');", static t => t.To("CREATE TABLE t (id INTEGER, a)")) { Sql = """CREATE TABLE "t" (id INTEGER, a)""", Kept = "id, id, a", KeptAfter = "rowid, id, a" },
        new("WITHOUT ROWID stays", "CREATE TABLE t (a TEXT COLLATE NOCASE, b INTEGER, c, PRIMARY KEY (b, a)) WITHOUT ROWID; INSERT INTO t VALUES ('x', 1, NULL), ('X', 2, 0), ('y', 1, 'c');", static t => t.AddColumn("d").RenameColumn("c", "e"))
        {
            Sql = """CREATE TABLE "t" (a TEXT COLLATE NOCASE, b INTEGER, e, d, PRIMARY KEY (b, a)) WITHOUT ROWID""",
            Kept = "a, b, c",
            KeptAfter = "a, b, e",
        },
        new("A table gives up its rowid", "CREATE TABLE t (k TEXT PRIMARY KEY NOT NULL, v); INSERT INTO t VALUES ('b', 1), ('a', 2);", static t => t.To("CREATE TABLE t (k TEXT PRIMARY KEY, v ANY) WITHOUT ROWID, STRICT"))
        {
            Sql = """CREATE TABLE "t" (k TEXT PRIMARY KEY, v ANY) WITHOUT ROWID, STRICT""",
        },
        new("A table gets a rowid", "CREATE TABLE t (k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO t VALUES ('b', 1), ('a', 2);", static t => t.To("CREATE TABLE t (k TEXT PRIMARY KEY, v)"))
        {
            Sql = """CREATE TABLE "t" (k TEXT PRIMARY KEY, v)""",
        },
        new("Children keep their rows, actions and deferral", Family, static t => t.AddColumn("more"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT, more)""",
            Kept = "id, code, name",
            IsReferenced = true,
            Then =
            [
                ("UPDATE t SET code = 'c' WHERE id = 1", "SELECT group_concat(coalesce(code, '-')) FROM child", "c,c,-"),
                ("DELETE FROM t WHERE id = 1", "SELECT group_concat(id || coalesce(code, '-')) FROM child", "11-,12-"),
                ("SELECT 1", "SELECT count(*) FROM grandchild", "2"),
            ],
        },
        new("Foreign keys of others follow a renamed column", Family, static t => t.RenameColumn("code", "short").RenameColumn("id", "key"))
        {
            Sql = """CREATE TABLE "t" ("key" INTEGER PRIMARY KEY, short TEXT UNIQUE, name TEXT)""",
            Kept = "id, code, name",
            KeptAfter = "\"key\", short, name",
            IsReferenced = true,
            Objects = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["child"] = "CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER NOT NULL REFERENCES t(\"key\") ON DELETE CASCADE, code TEXT REFERENCES t(short) ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED)",
            },
            Then = [("DELETE FROM t WHERE \"key\" = 2", "SELECT group_concat(id) FROM child", "10")],
        },
        new("A table in the middle keeps both its keys", """
            CREATE TABLE parent (id INTEGER PRIMARY KEY);
            INSERT INTO parent VALUES (1), (2);
            CREATE TABLE t (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE, code TEXT);
            INSERT INTO t VALUES (10, 1, 'a'), (11, 2, 'b');
            CREATE TABLE child (t_id INTEGER REFERENCES t ON DELETE CASCADE);
            INSERT INTO child VALUES (10), (11), (11);
            """, static t => t.ChangeType("code", "VARCHAR(9)"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent(id) ON DELETE CASCADE, code VARCHAR(9))""",
            IsReferenced = true,
            Then = [("DELETE FROM parent WHERE id = 2", "SELECT count(*) || ' ' || (SELECT count(*) FROM child) FROM t", "1 1")],
        },
        new("A tree keeps its references to itself", "CREATE TABLE t (id INTEGER PRIMARY KEY, up INTEGER REFERENCES t(id) ON DELETE CASCADE, a); INSERT INTO t VALUES (1, NULL, 'r'), (3, 2, 'y'), (2, 1, 'x');", static t => t.RenameColumn("id", "node").AddColumn("b"))
        {
            Sql = """CREATE TABLE "t" (node INTEGER PRIMARY KEY, up INTEGER REFERENCES t(node) ON DELETE CASCADE, a, b)""",
            Kept = "id, up, a",
            KeptAfter = "node, up, a",
            IsReferenced = true,
            Then = [("DELETE FROM t WHERE node = 2", "SELECT count(*) FROM t", "1")],
        },
        new("Compound foreign keys stay", "CREATE TABLE t (a TEXT, b INTEGER, c, PRIMARY KEY (a, b)); INSERT INTO t VALUES ('x', 1, 'c'); CREATE TABLE child (a TEXT, b INTEGER, FOREIGN KEY (a, b) REFERENCES t ON DELETE RESTRICT ON UPDATE CASCADE); INSERT INTO child VALUES ('x', 1), (NULL, 7);", static t => t.DropColumn("c"))
        {
            Sql = """CREATE TABLE "t" (a TEXT, b INTEGER, PRIMARY KEY (a, b))""",
            Kept = "a, b",
            IsReferenced = true,
            Then = [("UPDATE t SET b = 2", "SELECT group_concat(a || b) FROM child WHERE a IS NOT NULL", "x2")],
        },
        new("A foreign key is added", "CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (1); CREATE TABLE t (p_id INTEGER); INSERT INTO t VALUES (1), (NULL);", static t => t.To("CREATE TABLE t (p_id INTEGER REFERENCES p(id) ON DELETE CASCADE)"))
        {
            Sql = """CREATE TABLE "t" (p_id INTEGER REFERENCES p(id) ON DELETE CASCADE)""",
            Then = [("DELETE FROM p", "SELECT count(*) FROM t", "1")],
        },
    ];
}
