using DeployStack.Data.Migrations;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>A migration that fails, at whatever statement and in whatever way, leaves the content as it was.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class MigrationAtomicityTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly (string Name, string Sql) _base = ("0001_base.sql", """
        CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
        CREATE TABLE members (id INTEGER PRIMARY KEY AUTOINCREMENT, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE, name TEXT CHECK (name <> ''));
        CREATE TABLE log (at INTEGER PRIMARY KEY, text TEXT, data BLOB) STRICT;
        CREATE TABLE notes (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT);
        CREATE INDEX members_name ON members (name);
        CREATE VIEW team_names AS SELECT name FROM teams;
        CREATE TRIGGER full BEFORE INSERT ON log WHEN new.at = 99 BEGIN SELECT RAISE(ROLLBACK, 'full'); END;
        INSERT INTO teams VALUES (1, 'one'), (2, 'two'), (3, 'three');
        INSERT INTO members (team_id, name) VALUES (1, 'a'), (1, 'b'), (2, NULL), (3, 'c');
        INSERT INTO log VALUES (1, 'first', x'00ff');
        """);

    private static readonly string[] _statements =
    [
        "CREATE TABLE projects (id INTEGER PRIMARY KEY AUTOINCREMENT, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE, name TEXT)",
        "INSERT INTO projects (team_id, name) SELECT id, 'of ' || name FROM teams",
        "CREATE INDEX projects_team ON projects (team_id)",
        "ALTER TABLE teams ADD COLUMN slug TEXT NOT NULL DEFAULT ''",
        "UPDATE teams SET slug = upper(name) || id",
        "CREATE UNIQUE INDEX teams_slug ON teams (slug)",
        "CREATE TRIGGER teams_log AFTER UPDATE ON teams BEGIN INSERT INTO log (text) VALUES ('changed; ' || new.id); DELETE FROM log WHERE at = 1; END",
        "UPDATE teams SET name = 'new ' || name WHERE id > 1",
        "DELETE FROM members WHERE team_id = 3",
        "ALTER TABLE members RENAME COLUMN name TO full_name",
        "DROP INDEX members_name",
        "PRAGMA user_version = 7",
        "DROP VIEW team_names",
        "CREATE TABLE teams_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, slug TEXT)",
        "INSERT INTO teams_new SELECT id, name, slug FROM teams",
        "DROP TABLE teams",
        "ALTER TABLE teams_new RENAME TO teams",
        "CREATE VIEW team_names AS SELECT name, slug FROM teams",
    ];

    /// <summary>The kind of failure → a statement that fails whatever was executed before.</summary>
    public static TheoryData<string, string> Failures => new()
    {
        { "a constraint", "INSERT INTO members (team_id) VALUES (NULL)" },
        { "rows before the one that fails", "INSERT OR FAIL INTO log (at, text) SELECT 7, 'kept by FAIL' UNION ALL SELECT 8, 'this too' UNION ALL SELECT 7, 'twice'" },
        { "a conflict that rolls back", "INSERT OR ROLLBACK INTO members (id, team_id) VALUES (1, 1)" },
        { "a trigger that rolls back", "INSERT INTO log (at) VALUES (99)" },
        { "a type", "INSERT INTO log (at, text) VALUES (5, x'00')" },
        { "SQL that is no SQL", "SELEKT 1" },
        { "a table that is not there", "INSERT INTO nowhere VALUES (1)" },
        { "an error while running", "INSERT INTO log (text) SELECT abs(-9223372036854775807 - 1)" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_at_any_statement_leaves_the_content_as_it_was(string kind, string failing)
    {
        var database = CreateDatabase();
        if (!database.Capabilities.SqliteSchema)
        {
            return; // the statements, and the dump, are SQLite's; MigrationFailureTests holds the promise elsewhere
        }

        await Scripts.Runner(database, _base).ApplyAsync();
        var statements = Statements(database);
        var before = await DatabaseContent.ReadAsync(database);
        for (var count = 0; count <= statements.Length; count++)
        {
            var runner = Runner(database, [.. statements[..count], failing, .. statements[count..]]);
            var error = Assert.IsType<MigrationException>(await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync()));
            Assert.True(error.Statement == count + 1, $"{kind} at {count + 1}: {error.Message}");
            Assert.Equal(before, await DatabaseContent.ReadAsync(database));
        }

        await AppliesAsync(database, statements, before);
    }

    [Fact]
    public async Task A_foreign_key_that_is_violated_in_the_end_leaves_the_content_as_it_was()
    {
        var database = CreateDatabase();
        if (database.Capabilities is not { SqliteSchema: true, ForeignKeysOff: true })
        {
            return; // such a script is refused, as MigrationFailureTests shows
        }

        await Scripts.Runner(database, _base).ApplyAsync();
        var before = await DatabaseContent.ReadAsync(database);
        var runner = Runner(database, [.. _statements, "DELETE FROM teams WHERE id = 1"]);
        await ThrowsAsync(DatabaseErrorKind.MigrationFailed, () => runner.ApplyAsync());
        Assert.Equal(before, await DatabaseContent.ReadAsync(database));
        await AppliesAsync(database, _statements, before);
    }

    [Fact]
    public async Task The_dump_tells_contents_apart()
    {
        var database = CreateDatabase();
        if (!database.Capabilities.SqliteSchema)
        {
            return;
        }

        await Scripts.Runner(database, _base).ApplyAsync();
        var before = await DatabaseContent.ReadAsync(database);
        string[] changes = ["UPDATE log SET data = x'00fe'", "INSERT INTO log VALUES (2, NULL, NULL)", "UPDATE log SET text = 'NULL' WHERE at = 2", "CREATE INDEX log_text ON log (text)", "DELETE FROM sqlite_sequence", "PRAGMA user_version = 3"];
        foreach (var change in changes)
        {
            await ApplyAsync(database, change);
            var after = await DatabaseContent.ReadAsync(database);
            Assert.NotEqual(before, after);
            before = after;
        }
    }

    // what was refused at each of its statements is a script that runs
    private static async Task AppliesAsync(IDeployStackDatabase database, string[] statements, string before)
    {
        await Runner(database, statements).ApplyAsync();
        Assert.NotEqual(before, await DatabaseContent.ReadAsync(database));
        Assert.Equal(3, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM projects"));
        Assert.Equal(3, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM members"));
    }

    // where foreign keys stay on, a table is rebuilt that has no children
    private static string[] Statements(IDeployStackDatabase database)
        => database.Capabilities.ForeignKeysOff ? _statements
            : [.. _statements.Select(static sql => sql.Contains("teams_new", StringComparison.Ordinal) || sql is "DROP TABLE teams" ? sql.Replace("teams", "notes", StringComparison.Ordinal) : sql)];

    private static IMigrationRunner Runner(IDeployStackDatabase database, string[] statements)
    {
        var off = database.Capabilities.ForeignKeysOff ? "-- deploystack: foreign-keys-off\n" : string.Empty;
        return Scripts.Runner(database, _base, ("0002_all_kinds.sql", off + string.Join(";\n", statements)));
    }
}
