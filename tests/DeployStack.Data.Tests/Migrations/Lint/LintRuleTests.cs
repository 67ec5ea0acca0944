using DeployStack.Data.Migrations.Lint;

namespace DeployStack.Data.Tests.Migrations.Lint;

/// <summary>Each rule on scripts that it is for, and on such that only look like it.</summary>
public sealed class LintRuleTests
{
    private const string Schema = """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT, total INTEGER AS (length(name)));
        CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER CONSTRAINT m REFERENCES "teams"(id) ON UPDATE NO ACTION ON DELETE CASCADE NOT NULL, name TEXT);
        CREATE TABLE badges (team INTEGER, x TEXT, CONSTRAINT f FOREIGN KEY (team) REFERENCES [teams] (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TABLE tags (id INTEGER PRIMARY KEY, team INTEGER REFERENCES `Teams` ON DELETE SET NULL, CHECK (team <> 3));
        CREATE TABLE lonely (id INTEGER PRIMARY KEY, x TEXT DEFAULT 'a', y INTEGER);
        CREATE INDEX lonely_x ON lonely (x);
        CREATE VIEW lonely_all AS SELECT id, x FROM lonely;
        CREATE TRIGGER lonely_log AFTER INSERT ON lonely BEGIN UPDATE lonely SET y = 1 WHERE id = new.id; END;
        """;

    /// <summary>Statement → what is found: code@statement.</summary>
    public static TheoryData<string, string> DataLoss => new()
    {
        { "DROP TABLE teams", "DL101@1 DL102@1 DD205@1" },
        { "drop /* x */ table if exists main.\"TEAMS\" -- gone", "DL101@1 DL102@1 DD205@1" },
        { "PRAGMA foreign_keys=OFF; DROP TABLE teams", "DL102@2" },
        { "-- deploystack: foreign-keys-off\nDROP TABLE teams", "DL102@1" },
        { "PRAGMA foreign_keys = ON; DROP TABLE [teams]", "DL101@2 DL102@2 DD205@2" },
        { "DROP TABLE members; DROP TABLE badges; DROP TABLE tags; DROP TABLE teams", "DL102@1 DL102@2 DL102@3 DL102@4" },
        { "DROP TABLE badges; DROP TABLE tags; DROP TABLE teams", "DL102@1 DL102@2 DL101@3 DL102@3" },
        { "DROP TABLE unknown", "DL102@1" },
        { "DROP VIEW lonely_all; DROP INDEX lonely_x", "" },
        { "CREATE TABLE scratch (x); INSERT INTO scratch VALUES (1); DELETE FROM scratch; DROP TABLE scratch", "" },
        { "SELECT 'DROP TABLE teams', \"id\" FROM teams -- DROP TABLE teams", "" },
        { "ALTER TABLE teams DROP COLUMN note", "DL103@1" },
        { "ALTER TABLE \"teams\" DROP note", "DL103@1" },
        { "ALTER TABLE teams RENAME COLUMN note TO notes", "" },
        { "DELETE FROM lonely", "DL104@1" },
        { "delete from main.lonely returning id", "DL104@1" },
        { "DELETE FROM lonely WHERE id = 1", "" },
        { "WITH old AS (SELECT id FROM lonely WHERE id > 3) DELETE FROM lonely", "DL104@1" },
        { "WITH old AS (SELECT 1) DELETE FROM lonely WHERE id IN (SELECT * FROM old)", "" },
        { "DELETE FROM lonely -- WHERE id = 1", "DL104@1" },
        { "INSERT INTO lonely (x) VALUES ('DELETE FROM lonely')", "" },
        { "REPLACE INTO teams (id, name) VALUES (1, 'x')", "DL107@1" },
        { "INSERT OR REPLACE INTO teams (id, name) VALUES (1, 'x')", "DL107@1" },
        { "INSERT OR IGNORE INTO teams (id, name) VALUES (1, 'x')", "" },
        { "REPLACE INTO lonely VALUES (1, 'x', 2)", "" },
        { "PRAGMA foreign_keys=0; REPLACE INTO teams (id, name) VALUES (1, 'x')", "" },
    };

    public static TheoryData<string, string> Rebuilds => new()
    {
        // the naive one
        { "CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT); INSERT INTO n SELECT id, name, note FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DL101@3 DD205@3 RW302@3" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT); INSERT INTO n SELECT id, name, note FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams; PRAGMA foreign_keys=ON", "RW302@4" },
        // the other order: the children follow the name, and go with the old table
        { "ALTER TABLE teams RENAME TO old; CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT); INSERT INTO teams SELECT id, name, note FROM old; DROP TABLE old", "DL101@4 DD205@4 RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n AS SELECT * FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "RW302@3" },
        // nothing is copied: no rebuild
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER); DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DL102@3" },
        { "CREATE TABLE n (id INTEGER); INSERT INTO n SELECT id FROM members; DROP TABLE members", "DL102@3" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL); INSERT INTO n SELECT id, name FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DL105@4 RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT); INSERT INTO n (id, name, text) SELECT id, name, note FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT); INSERT INTO n SELECT id, name, note FROM teams WHERE id > 1; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DL105@4 RW302@4" },
        { "DROP VIEW lonely_all; CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT DEFAULT 'a', y INTEGER); INSERT INTO n SELECT * FROM lonely; DROP TABLE lonely; ALTER TABLE n RENAME TO lonely", "DL106@4 RW302@4" },
        { "DROP VIEW lonely_all; CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT DEFAULT 'a', y INTEGER); INSERT INTO n SELECT * FROM lonely; DROP TABLE lonely; ALTER TABLE n RENAME TO lonely; CREATE INDEX LONELY_X ON lonely (x); CREATE TRIGGER lonely_log AFTER INSERT ON lonely BEGIN SELECT 1; END; CREATE VIEW lonely_all AS SELECT 1", "RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL); INSERT INTO n SELECT id, name, note FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DD203@4 RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT, CHECK (length(note) < 9)); INSERT INTO n SELECT id, name, note FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DD203@4 RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, team INTEGER, check(TEAM <> /* same */ 3)); INSERT INTO n SELECT id, team FROM tags; DROP TABLE tags; ALTER TABLE n RENAME TO tags", "RW302@4" },
        { "PRAGMA foreign_keys=OFF; CREATE TABLE n (id INTEGER PRIMARY KEY, name text NOT NULL, note INTEGER); INSERT INTO n SELECT id, name, note FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams", "DD204@4 RW302@4" },
    };

    public static TheoryData<string, string> DataDependent => new()
    {
        { "ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL", "DD201@1" },
        { "ALTER TABLE teams ADD slug TEXT NOT NULL DEFAULT NULL", "DD201@1" },
        { "ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL DEFAULT ''", "" },
        { "ALTER TABLE teams ADD COLUMN slug TEXT", "" },
        { "ALTER TABLE teams ADD COLUMN slug TEXT DEFAULT 'NOT NULL'", "" },
        { "ALTER TABLE teams ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP", "DD201@1" },
        { "ALTER TABLE teams ADD COLUMN at INTEGER DEFAULT (1 + 1)", "DD201@1" },
        { "ALTER TABLE teams ADD COLUMN at REAL NOT NULL DEFAULT -1.5", "" },
        { "ALTER TABLE teams ADD COLUMN at INTEGER DEFAULT (7)", "" },
        { "ALTER TABLE teams ADD COLUMN slug TEXT UNIQUE", "DD201@1" },
        { "ALTER TABLE teams ADD COLUMN n INTEGER AS (1) STORED", "DD201@1" },
        { "ALTER TABLE teams ADD COLUMN n INTEGER GENERATED ALWAYS AS (length(name)) VIRTUAL", "" },
        { "CREATE TABLE fresh (x INTEGER); ALTER TABLE fresh ADD COLUMN y INTEGER NOT NULL", "" }, // no rows: worth knowing at most
        { "CREATE TABLE fresh (x INTEGER); INSERT INTO fresh VALUES (1); ALTER TABLE fresh ADD COLUMN y INTEGER NOT NULL", "DD201@3" },
        { "CREATE UNIQUE INDEX teams_name ON teams (name)", "DD202@1" },
        { "create unique index if not exists teams_name on teams (lower(name)) where id > 1", "DD202@1" },
        { "CREATE INDEX unique_name ON teams (name)", "" },
        { "CREATE TABLE fresh (x INTEGER); CREATE UNIQUE INDEX fresh_x ON fresh (x)", "" },
    };

    public static TheoryData<string, string> Transactions => new()
    {
        { "PRAGMA journal_mode = WAL", "TX401@1" },
        { "pragma main.synchronous(OFF)", "TX401@1" },
        { "PRAGMA user_version = 3; PRAGMA defer_foreign_keys = ON; PRAGMA foreign_key_check(teams); PRAGMA table_info('teams')", "" },
        { "BEGIN; SELECT 1; COMMIT", "TX401@1 TX401@3" },
        { "ATTACH 'x.db' AS x", "TX401@1" },
        { "vacuum into 'copy.db'", "TX401@1" },
        { "SELECT 'VACUUM', 1 AS vacuum", "" },
        { "DELETE FROM deploystack_migrations WHERE identity = '0001'", "TX401@1" },
    };

    public static TheoryData<string, string> Schemas => new()
    {
        { "INSERT INTO lonely (x) VALUES (\"text\")", "SC501@1" },
        { "INSERT INTO lonely (\"x\", \"y\") VALUES ('text', 1), (\"it's\", 2)", "SC501@1" },
        { "INSERT INTO lonely (x) VALUES ((SELECT \"x\" FROM lonely))", "" },
        { "UPDATE lonely SET x = \"new text\" WHERE id = 1", "SC501@1" },
        { "UPDATE lonely SET x = \"done\" WHERE id = 1", "SC501@1" },
        { "UPDATE lonely SET x = \"y\" WHERE id = 1", "" },
        { "UPDATE elsewhere SET x = \"done\" WHERE id = 1", "" }, // its columns are not known
        { "SELECT id FROM lonely WHERE x LIKE \"%a\"", "SC501@1" },
        { "SELECT id FROM lonely AS l WHERE l.\"x\" = l.\"done\"", "" },
        { "CREATE TABLE t (x TEXT DEFAULT \"a\")", "" },
        { "CREATE TABLE \"t\" (\"a b\" TEXT CHECK (\"a b\" = \"a b\"))", "" },
        { "CREATE TRIGGER t AFTER INSERT ON lonely BEGIN INSERT INTO lonely (x) VALUES (new.\"x\"); END", "" },
        { "CREATE TABLE IF NOT EXISTS lonely (other TEXT)", "SC502@1" },
        { "CREATE INDEX IF NOT EXISTS lonely_x ON lonely (y)", "SC502@1" },
        { "CREATE TABLE IF NOT EXISTS new_one (x TEXT)", "" },
        { "DROP TABLE lonely", "DL102@1 SC504@1" },
        { "DROP VIEW lonely_all; DROP TABLE lonely", "DL102@2" },
        { "ALTER TABLE lonely DROP COLUMN x", "DL103@1 SC504@1" },
        { "ALTER TABLE lonely RENAME COLUMN x TO z", "SC504@1" },
        { "ALTER TABLE lonely RENAME TO less_lonely", "" },
        { "CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT DEFAULT 'a', y INTEGER); INSERT INTO n SELECT * FROM lonely; DROP TABLE lonely; ALTER TABLE n RENAME TO lonely", "DL106@3 RW302@3 SC504@4" },
    };

    public static TheoryData<string, string> Informations => new()
    {
        { "UPDATE lonely SET y = 1", "RW301@1" },
        { "UPDATE OR IGNORE main.lonely SET y = (SELECT 1 WHERE 1)", "RW301@1" },
        { "UPDATE lonely SET y = 1 WHERE id = 1", "" },
        { "ALTER TABLE lonely ADD COLUMN z INTEGER CHECK (z > 0)", "RW303@1" },
        { "CREATE TABLE a (x INTEGER REFERENCES teams (id))", "SC503@1" },
        { "CREATE TABLE a (x INTEGER REFERENCES teams (id)); CREATE INDEX a_x ON a (x, y)", "" },
        { "CREATE TABLE a (x INTEGER REFERENCES teams (id)); CREATE INDEX a_x ON a (x) WHERE x > 1", "SC503@1" },
        { "CREATE TABLE a (x INTEGER PRIMARY KEY REFERENCES teams (id))", "" },
        { "CREATE TABLE a (x INTEGER, y INTEGER, PRIMARY KEY (y, x), FOREIGN KEY (y) REFERENCES teams (id))", "" },
        { "ALTER TABLE lonely ADD COLUMN team INTEGER REFERENCES teams (id)", "SC503@1" },
        { "CREATE TABLE a (x INTEGER REFERENCES teams (id)); DROP TABLE a", "" },
    };

    [Theory]
    [MemberData(nameof(DataLoss))]
    [MemberData(nameof(Rebuilds))]
    [MemberData(nameof(DataDependent))]
    [MemberData(nameof(Transactions))]
    [MemberData(nameof(Schemas))]
    public void What_is_found(string script, string expected)
        => Assert.Equal(expected, Found(script, static finding => finding.Severity > LintSeverity.Information || finding.Code is "RW302"));

    [Theory]
    [MemberData(nameof(Informations))]
    public void What_is_worth_knowing(string script, string expected)
        => Assert.Equal(expected, Found(script, static finding => finding.Severity == LintSeverity.Information));

    [Fact]
    public void Every_rule_is_tested_here()
    {
        var tested = string.Join(' ', new[] { DataLoss, Rebuilds, DataDependent, Transactions, Schemas, Informations }.SelectMany(static table => table).Select(static row => ((object?[])[.. row])[1]));
        Assert.DoesNotContain(MigrationLint.Rules, rule => !rule.Code.StartsWith("LN", StringComparison.Ordinal) && !tested.Contains(rule.Code, StringComparison.Ordinal));
    }

    private static string Found(string script, Func<LintFinding, bool> which)
    {
        var report = MigrationLint.Check(new Dictionary<string, string> { ["0001_schema.sql"] = Schema, ["0002_it.sql"] = script });
        return string.Join(' ', report.Findings.Where(finding => finding.Origin == "0002_it.sql" && which(finding)).Select(finding => $"{finding.Code}@{finding.Statement}"));
    }
}
