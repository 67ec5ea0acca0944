namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>What cannot be kept is refused by name, and nothing changes.</summary>
internal static class RefusalCases
{
    private const string Plain = "CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT); INSERT INTO t VALUES (1, 'x', '07'), (2, 'y', NULL);\n";

    public static IEnumerable<RebuildCase> All { get; } =
    [
        new("There is no such table", Plain, RebuildCase.Nothing) { Table = "u", Refused = ["table u", "no table of this name"] },
        new("A view", Plain + "CREATE VIEW v AS SELECT * FROM t;", RebuildCase.Nothing) { Table = "v", Refused = ["v", "view"] },
        new("A virtual table", Plain + "CREATE VIRTUAL TABLE ft USING fts5(a);", RebuildCase.Nothing) { Table = "ft", Refused = ["ft", "virtual"] },
        new("A shadow table", Plain + "CREATE VIRTUAL TABLE ft USING fts5(a);", RebuildCase.Nothing) { Table = "ft_data", Refused = ["ft_data", "shadow"] },
        new("A table of the engine", Plain, RebuildCase.Nothing) { Table = "sqlite_schema", Refused = ["sqlite_schema", "engine"] },
        new("The history of the migrations", Plain, RebuildCase.Nothing) { Table = "deploystack_migrations", Refused = ["deploystack_migrations", "history"] },
        new("A column that is not there", Plain, static t => t.RenameColumn("c", "d")) { Refused = ["no column c", "id, a, b"] },
        new("Two columns of one name", Plain, static t => t.RenameColumn("a", "B")) { Refused = ["two columns", "B"] },
        new("A new column with the name of another", Plain, static t => t.AddColumn("\"A\" TEXT")) { Refused = ["two columns", "called a"] },
        new("A column that is dropped and renamed", Plain, static t => t.RenameColumn("a", "c").DropColumn("a")) { Refused = ["a is to be dropped"] },
        new("No column would be left", "CREATE TABLE t (a);", static t => t.DropColumn("a")) { Refused = ["no column would be left"] },
        new("A new column that must have a value, over rows", Plain, static t => t.AddColumn("c TEXT NOT NULL REFERENCES t ON DELETE SET DEFAULT")) { Refused = ["c is NOT NULL", "default"] },
        new("More than a column is added", Plain, static t => t.AddColumn("c TEXT, d TEXT")) { Refused = ["exactly one column"] },
        new("A statement hides in a new column", Plain, static t => t.AddColumn("c TEXT); DROP TABLE t; --")) { Refused = ["exactly one column"] },
        new("More than a type is given", Plain, static t => t.ChangeType("a", "TEXT NOT NULL")) { Refused = ["more than a type"] },
        new("A definition that is no CREATE TABLE", Plain, static t => t.To("CREATE TABLE t AS SELECT 1 AS a")) { Refused = ["no plain CREATE TABLE"] },
        new("A definition of another table", Plain, static t => t.To("CREATE TABLE u (id INTEGER PRIMARY KEY, a TEXT, b TEXT)")) { Refused = ["one of u"] },
        new("A definition that forgets a column", Plain, static t => t.To("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)")) { Refused = ["no column b", "drop b"] },
        new("A definition that the engine rejects", Plain, static t => t.To("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT, CHECK (zzz > 1))")) { Refused = ["creating the new definition", "zzz"] },
        new("A cast that loses zeros", Plain, static t => t.ChangeType("b", "INTEGER")) { Refused = ["b has values", "INTEGER", "AllowLossyCast"] },
        new("A cast that loses digits", "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (9223372036854775807);", static t => t.ChangeType("a", "REAL")) { Refused = ["a has values", "REAL"] },
        new("A cast that loses a fraction", "CREATE TABLE t (a REAL); INSERT INTO t VALUES (1), (1.5);", static t => t.ChangeType("a", "INTEGER")) { Refused = ["a has values", "INTEGER"] },
        new("A date to which a number is made", "CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('2026-01-31');", static t => t.ChangeType("a", "INTEGER")) { Refused = ["a has values"] },
        new("Values that a STRICT table does not take", "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES ('abc');", static t => t.To("CREATE TABLE t (a INTEGER) STRICT")) { Refused = ["copying the rows", "a"] },
        new("Duplicates under a new UNIQUE", "CREATE TABLE t (a); INSERT INTO t VALUES (1), (1);", static t => t.To("CREATE TABLE t (a UNIQUE ON CONFLICT REPLACE)")) { Refused = ["copying the rows"] },
        new("A column becomes generated and has other values", "CREATE TABLE t (a INTEGER, b INTEGER); INSERT INTO t VALUES (1, 3);", static t => t.To("CREATE TABLE t (a INTEGER, b INTEGER AS (a * 2))")) { Refused = ["does not have the values"] },
        new("A dropped column that indexes use", Plain + "CREATE INDEX t_a ON t(a); CREATE INDEX t_b ON t(b) WHERE a > '';", static t => t.DropColumn("a")) { Refused = ["index t_a", "index t_b"] },
        new("A dropped column that triggers and views use", Plain + "CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT v.a FROM v; CREATE TRIGGER tr AFTER UPDATE OF a ON t BEGIN SELECT 1; END;", static t => t.DropColumn("a")) { Refused = ["view v", "view w", "trigger tr"] },
        new("A dropped column of a full-text index over the table", Plain + "CREATE VIRTUAL TABLE ft USING fts5(a, content='t', content_rowid='id');", static t => t.DropColumn("a")) { Refused = ["a cannot be dropped", "virtual table ft"] },
        new("A renamed column of a full-text index over the table", Plain + "CREATE VIRTUAL TABLE ft USING fts5(a, content='t', content_rowid='id');", static t => t.RenameColumn("a", "c")) { Refused = ["a cannot be renamed", "virtual table ft"] },
        new("A trigger that a renamed column leaves without a name", Plain + "CREATE VIEW v AS SELECT a FROM t; CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END;", static t => t.RenameColumn("a", "c")) { Refused = ["renaming a column", "trigger tr"] },
        new("A dropped column that only the engine finds in a view", Plain + "CREATE TABLE u (a); CREATE VIEW v AS SELECT t.a FROM t, u;", static t => t.DropColumn("a")) { Refused = ["the view v"] },
        new("A dropped column that only the engine finds in a trigger", Plain + "CREATE TABLE u (a); CREATE TRIGGER tr AFTER INSERT ON u BEGIN UPDATE t SET a = 1; INSERT INTO u SELECT 1; END;", static t => t.DropColumn("a")) { Refused = ["(tr)"] },
        new("A trigger that copies all columns", Plain + "CREATE TABLE u (x, y, z); CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO u SELECT * FROM t; END;", static t => t.AddColumn("c")) { Refused = ["compiling the triggers (tr)"] },
        new("A dropped column that constraints use", "CREATE TABLE t (a INTEGER, b INTEGER CHECK (b > a), c INTEGER AS (a + 1), UNIQUE (a, b));", static t => t.DropColumn("a")) { Refused = ["column b", "generated column c", "UNIQUE (a, b)"] },
        new("A dropped key", Plain, static t => t.DropColumn("id")) { Refused = ["primary key"] },
        new("A dropped column that foreign keys lead to", "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT UNIQUE); CREATE TABLE child (code TEXT REFERENCES t(code));", static t => t.DropColumn("code")) { Refused = ["foreign key of child"], IsReferenced = true },
        new("A dropped column in a foreign key of the table", "CREATE TABLE p (a, b, PRIMARY KEY (a, b)); CREATE TABLE t (a, b, FOREIGN KEY (a, b) REFERENCES p);", static t => t.DropColumn("b")) { Refused = ["FOREIGN KEY (a, b)"] },
        new("Rows that violate a foreign key that is added", "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (p_id INTEGER); INSERT INTO t VALUES (5);", static t => t.To("CREATE TABLE t (p_id INTEGER REFERENCES p)")) { Refused = ["t"] },
        new("All names of the rowid are taken", "CREATE TABLE t (rowid, oid, _rowid_);", RebuildCase.Nothing) { Refused = ["rowid, _rowid_, oid"] },
        new("The key of a table without rowids ends", "CREATE TABLE t (a PRIMARY KEY, b) WITHOUT ROWID;", static t => t.To("CREATE TABLE t (b)").DropColumn("a")) { Refused = ["primary key"] },
        new("A view of something else that is broken already", Plain + "CREATE VIEW v AS SELECT zzz FROM nowhere;", static t => t.AddColumn("c")) { Refused = ["the view v"] },
        new("A view that is broken already", Plain + "CREATE VIEW v AS SELECT zzz FROM t;", static t => t.AddColumn("c")) { Refused = ["view v"] },
    ];
}
