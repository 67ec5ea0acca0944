using DeployStack.Data.Migrations.Lint;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Tests.Migrations.Lint;

/// <summary>What the lint says of a script is what SQLite does with it.</summary>
public sealed class LintTruthTests
{
    private const string Schema = """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT);
        CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id) ON DELETE CASCADE);
        CREATE TABLE badges (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id) ON DELETE SET NULL);
        CREATE TABLE lonely (id INTEGER PRIMARY KEY, x TEXT, y INTEGER);
        CREATE TABLE parents (id INTEGER PRIMARY KEY);
        CREATE TABLE children (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parents (id));
        CREATE INDEX lonely_y ON lonely (y);
        CREATE VIEW lonely_all AS SELECT id, x FROM lonely;
        INSERT INTO teams VALUES (1, 'same', 'x'), (2, 'same', NULL);
        INSERT INTO members VALUES (1, 1), (2, 2);
        INSERT INTO badges VALUES (1, 1), (2, 2);
        INSERT INTO lonely VALUES (1, 'a', 1);
        INSERT INTO parents VALUES (1);
        INSERT INTO children VALUES (1, 1);
        """;

    [Theory]
    [InlineData("DD201", "ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL")]
    [InlineData("DD201", "ALTER TABLE teams ADD COLUMN at TEXT DEFAULT CURRENT_TIMESTAMP")]
    [InlineData("DD201", "ALTER TABLE teams ADD COLUMN n INTEGER DEFAULT (abs(-1))")]
    [InlineData("DD201", "ALTER TABLE teams ADD COLUMN slug TEXT UNIQUE")]
    [InlineData("DD201", "ALTER TABLE teams ADD COLUMN n INTEGER AS (1) STORED")]
    [InlineData("DD201", "ALTER TABLE lonely ADD COLUMN team INTEGER DEFAULT 1 REFERENCES teams (id)")]
    [InlineData("DD202", "CREATE UNIQUE INDEX teams_name ON teams (name)")]
    [InlineData("DD203", "CREATE TABLE n (id INTEGER PRIMARY KEY, parent_id INTEGER CHECK (parent_id > 1)); INSERT INTO n SELECT * FROM children; DROP TABLE children; ALTER TABLE n RENAME TO children")]
    [InlineData("DD205", "DROP TABLE parents")]
    [InlineData("SC501", "INSERT INTO lonely (x) VALUES (\"text\")")]
    [InlineData("SC501", "UPDATE lonely SET x = \"done\" WHERE id = 1")]
    [InlineData("SC504", "ALTER TABLE lonely DROP COLUMN x")]
    [InlineData("SC504", "ALTER TABLE lonely DROP COLUMN y")]
    [InlineData("SC504", "CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT, y INTEGER); INSERT INTO n SELECT * FROM lonely; DROP TABLE lonely; ALTER TABLE n RENAME TO lonely")]
    [InlineData("SC504", "DROP TABLE lonely; SELECT * FROM lonely_all")]
    [InlineData("TX401", "PRAGMA synchronous = OFF")]
    [InlineData("TX401", "VACUUM")]
    public void What_is_said_to_fail_fails(string code, string script)
    {
        Assert.Contains(code, Codes(script));
        Assert.Throws<SqliteException>(() => Run(script).Dispose());
    }

    [Theory]
    [InlineData("ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL DEFAULT ''")]
    [InlineData("ALTER TABLE teams ADD COLUMN n INTEGER NOT NULL DEFAULT (7)")]
    [InlineData("ALTER TABLE teams ADD COLUMN n REAL NOT NULL DEFAULT -1.5e3")]
    [InlineData("ALTER TABLE teams ADD COLUMN n INTEGER GENERATED ALWAYS AS (length(name)) VIRTUAL")]
    [InlineData("CREATE TABLE t (x TEXT DEFAULT \"a\"); INSERT INTO t DEFAULT VALUES")]
    [InlineData("UPDATE lonely SET x = \"y\" WHERE \"id\" = 1")]
    [InlineData("DROP VIEW lonely_all; CREATE TABLE n (id INTEGER PRIMARY KEY, x TEXT, y INTEGER); INSERT INTO n SELECT * FROM lonely; DROP TABLE lonely; ALTER TABLE n RENAME TO lonely; CREATE INDEX lonely_y ON lonely (y)")]
    [InlineData("ALTER TABLE lonely RENAME TO other; SELECT * FROM lonely_all")]
    [InlineData("DROP TABLE children; DROP TABLE parents")]
    public void What_is_not_said_to_fail_runs(string script)
    {
        Assert.DoesNotContain(Codes(script), static code => code.StartsWith("DD", StringComparison.Ordinal) || code.StartsWith("SC", StringComparison.Ordinal) || code.StartsWith("TX", StringComparison.Ordinal));
        Run(script).Dispose();
    }

    [Theory]
    [InlineData("DL101", "DROP TABLE teams")]
    [InlineData("DL101", "ALTER TABLE teams RENAME TO old; CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT); INSERT INTO teams SELECT * FROM old; DROP TABLE old")]
    [InlineData("DL101", "CREATE TABLE n AS SELECT * FROM teams; DROP TABLE teams; ALTER TABLE n RENAME TO teams")]
    [InlineData("DL104", "DELETE FROM teams")]
    [InlineData("DL107", "REPLACE INTO teams (id, name) VALUES (1, 'new'), (2, 'new')")]
    public void What_is_said_to_take_children_along_does(string code, string script)
    {
        Assert.Contains(code, Codes(script));
        using var connection = Run(script);
        Assert.Equal((0L, 0L), (Scalar(connection, "SELECT count(*) FROM members"), Scalar(connection, "SELECT count(team_id) FROM badges")));
    }

    private static List<string> Codes(string script)
        => [.. MigrationLint.Check(new Dictionary<string, string> { ["0001_schema.sql"] = Schema, ["0002_it.sql"] = script }).Findings
            .Where(static finding => finding.Origin == "0002_it.sql" && finding.Severity > LintSeverity.Information).Select(static finding => finding.Code)];

    // as a migration does: in one transaction, foreign keys on
    private static SqliteConnection Run(string script)
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False;Foreign Keys=True");
        connection.Open();
        Scalar(connection, Schema);
        Scalar(connection, "BEGIN");
        Scalar(connection, script);
        Scalar(connection, "COMMIT");
        return connection;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
