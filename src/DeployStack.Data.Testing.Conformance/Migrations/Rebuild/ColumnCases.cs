namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>Columns are renamed, typed anew, dropped, added and put in another order.</summary>
internal static class ColumnCases
{
    private const string People = """
        CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age TEXT, legacy BLOB);
        INSERT INTO t VALUES (1, 'Ada', '36', x'00ff'), (7, 'it''s', NULL, NULL), (9, '', '0', 'text');
        """;

    public static IEnumerable<RebuildCase> All { get; } =
    [
        new("Nothing changes", People, RebuildCase.Nothing),
        new("A column is renamed", People, static t => t.RenameColumn("name", "title"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, title TEXT NOT NULL, age TEXT, legacy BLOB)""",
            Kept = "id, name, age, legacy",
            KeptAfter = "id, title, age, legacy",
        },
        new("A column gets a name that needs quotes", People, static t => t.RenameColumn("name", "full \"name\""))
        {
            Sql = "CREATE TABLE \"t\" (id INTEGER PRIMARY KEY, \"full \"\"name\"\"\" TEXT NOT NULL, age TEXT, legacy BLOB)",
            Kept = "id, name",
            KeptAfter = "id, \"full \"\"name\"\"\"",
        },
        new("A column gets a keyword for its name", People, static t => t.RenameColumn("name", "order"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, "order" TEXT NOT NULL, age TEXT, legacy BLOB)""",
            Kept = "id, name",
            KeptAfter = "id, \"order\"",
        },
        new("Two columns change places", People, static t => t.RenameColumn("name", "age").RenameColumn("age", "name"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, age TEXT NOT NULL, name TEXT, legacy BLOB)""",
            Kept = "id, name, age",
            KeptAfter = "id, age, name",
        },
        new("Names move on in a chain", People, static t => t.RenameColumn("name", "age").RenameColumn("age", "legacy").RenameColumn("legacy", "rest"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, age TEXT NOT NULL, legacy TEXT, rest BLOB)""",
            Kept = "id, name, age, legacy",
            KeptAfter = "id, age, legacy, rest",
        },
        new("Only the case of a name changes", People, static t => t.RenameColumn("name", "Name"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, Name TEXT NOT NULL, age TEXT, legacy BLOB)""",
        },
        new("Text becomes INTEGER", People, static t => t.ChangeType("age", "INTEGER"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER, legacy BLOB)""",
            Rows = ["1,'Ada',36,X'00FF'", "7,'it''s',NULL,NULL", "9,'',0,'text'"],
        },
        new("Text becomes REAL", People, static t => t.ChangeType("age", "REAL"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age REAL, legacy BLOB)""",
            Rows = ["1,'Ada',36.0,X'00FF'", "7,'it''s',NULL,NULL", "9,'',0.0,'text'"],
        },
        new("Numbers become text", "CREATE TABLE t (a INTEGER, b REAL); INSERT INTO t VALUES (9223372036854775807, 0.5), (-1, -2.0);", static t => t.ChangeType("a", "TEXT").ChangeType("b", "VARCHAR(10)"))
        {
            Sql = """CREATE TABLE "t" (a TEXT, b VARCHAR(10))""",
            Rows = ["'9223372036854775807','0.5'", "'-1','-2.0'"],
        },
        new("A date keeps its text where the new type is a date", "CREATE TABLE t (at TEXT); INSERT INTO t VALUES ('2026-01-31'), (NULL), ('later');", static t => t.ChangeType("at", "DATETIME"))
        {
            Sql = """CREATE TABLE "t" (at DATETIME)""",
            Kept = "at",
        },
        new("A type is taken away", "CREATE TABLE t (a INTEGER, b TEXT(3)); INSERT INTO t VALUES (5, '5'), ('x', 'y');", static t => t.ChangeType("a", "").ChangeType("b", ""))
        {
            Sql = """CREATE TABLE "t" (a , b )""",
        },
        new("A type is given to a column without one", "CREATE TABLE t (a, b); INSERT INTO t VALUES (5, '5'), ('6', 'y');", static t => t.ChangeType("a", "INTEGER"))
        {
            Sql = """CREATE TABLE "t" (a INTEGER, b)""",
            Rows = ["5,'5'", "6,'y'"],
        },
        new("Text becomes a blob", "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('ä'), ('');", static t => t.ChangeType("a", "BLOB")) { Sql = """CREATE TABLE "t" (a BLOB)""", Rows = ["X'C3A4'", "X''"] },
        new("A cast that loses is done where it is allowed", "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('abc'), ('12 apples'), ('007');", static t => t.ChangeType("a", "INTEGER"))
        {
            Sql = """CREATE TABLE "t" (a INTEGER)""",
            Rows = ["0", "12", "7"],
            Options = new() { AllowLossyCast = true },
        },
        new("A column is dropped", People, static t => t.DropColumn("age"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, legacy BLOB)""",
            Kept = "id, name, legacy",
        },
        new("The first and the last columns are dropped", "CREATE TABLE t (a, b, c, d, CHECK (b > 0)); INSERT INTO t VALUES (1, 2, 3, 4);", static t => t.DropColumn("a").DropColumn("d").DropColumn("c"))
        {
            Sql = """CREATE TABLE "t" (b, CHECK (b > 0))""",
            Kept = "rowid, b",
        },
        new("A dropped column takes its own constraints along", "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (a INTEGER, b INTEGER UNIQUE CHECK (b > 0) DEFAULT 5 REFERENCES p(id)); INSERT INTO t VALUES (1, NULL);", static t => t.DropColumn("b"))
        {
            Sql = """CREATE TABLE "t" (a INTEGER)""",
            Kept = "a",
        },
        new("Columns are added", People, static t => t.AddColumn("email TEXT NOT NULL DEFAULT ''").AddColumn("\"is on\" INTEGER NOT NULL DEFAULT (1 + 1) CHECK (\"is on\" > 0)"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age TEXT, legacy BLOB, email TEXT NOT NULL DEFAULT '', "is on" INTEGER NOT NULL DEFAULT (1 + 1) CHECK ("is on" > 0))""",
            Rows = ["1,'Ada','36',X'00FF','',2", "7,'it''s',NULL,NULL,'',2", "9,'','0','text','',2"],
        },
        new("A column that must have a value is added to an empty table", "CREATE TABLE t (a);", static t => t.AddColumn("b TEXT NOT NULL")) { Sql = """CREATE TABLE "t" (a, b TEXT NOT NULL)""", Kept = "a" },
        new("A generated column is added, in the names that columns get", People, static t => t.RenameColumn("name", "title").AddColumn("size INTEGER AS (length(title)) STORED"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, title TEXT NOT NULL, age TEXT, legacy BLOB, size INTEGER AS (length(title)) STORED)""",
            Rows = ["1,'Ada','36',X'00FF',3", "7,'it''s',NULL,NULL,4", "9,'','0','text',0"],
        },
        new("A new column takes the name that another gives up", People, static t => t.RenameColumn("name", "title").AddColumn("name TEXT DEFAULT 'new'"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, title TEXT NOT NULL, age TEXT, legacy BLOB, name TEXT DEFAULT 'new')""",
            Rows = ["1,'Ada','36',X'00FF','new'", "7,'it''s',NULL,NULL,'new'", "9,'','0','text','new'"],
        },
        new("A column takes the name of one that is dropped", People, static t => t.DropColumn("legacy").RenameColumn("age", "legacy"))
        {
            Sql = """CREATE TABLE "t" (id INTEGER PRIMARY KEY, name TEXT NOT NULL, legacy TEXT)""",
            Kept = "id, name, age",
            KeptAfter = "id, name, legacy",
        },
        new("Columns are put in another order", People, static t => t.To("CREATE TABLE t (legacy BLOB, age TEXT, id INTEGER PRIMARY KEY, name TEXT NOT NULL)"))
        {
            Sql = """CREATE TABLE "t" (legacy BLOB, age TEXT, id INTEGER PRIMARY KEY, name TEXT NOT NULL)""",
            Kept = "legacy, age, id, name",
        },
        new("A whole definition renames, drops and adds", People, static t => t.To("""
                CREATE TABLE IF NOT EXISTS main.t (
                    id INTEGER PRIMARY KEY, -- the key
                    title TEXT NOT NULL COLLATE NOCASE CHECK (length(title) < 9),
                    age INTEGER CHECK (t.age >= 0),
                    name TEXT /* another one */ DEFAULT 'new'
                );
                """).RenameColumn("name", "title").DropColumn("legacy"))
        {
            Sql = """
                CREATE TABLE "t" (
                    id INTEGER PRIMARY KEY, -- the key
                    title TEXT NOT NULL COLLATE NOCASE CHECK (length(title) < 9),
                    age INTEGER CHECK ("t".age >= 0),
                    name TEXT /* another one */ DEFAULT 'new'
                )
                """,
            Rows = ["1,'Ada',36,'new'", "7,'it''s',NULL,'new'", "9,'',0,'new'"],
        },
        new("Comments stay where they are", """
            CREATE TABLE t -- people
            ( /* the key */ id INTEGER PRIMARY KEY, -- a number
              name TEXT, -- shown; never empty, "quoted"
              old TEXT -- not used any more
            );
            """, static t => t.DropColumn("old").AddColumn("email TEXT -- for mail"))
        {
            Sql = """
                CREATE TABLE "t" -- people
                ( /* the key */ id INTEGER PRIMARY KEY, -- a number
                  name TEXT, email TEXT -- for mail
                 -- shown; never empty, "quoted"
                   -- not used any more
                )
                """,
            Kept = "id, name",
        },
    ];
}
