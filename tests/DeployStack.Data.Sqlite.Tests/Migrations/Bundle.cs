using System.Text.RegularExpressions;
using DeployStack.Data.Migrations;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Testing.Conformance;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>Migrations with what a shell could read wrong, and the databases that they make.</summary>
internal static partial class Bundle
{
    public static readonly (string Name, string Sql)[] Scripts =
    [
        ("0001_teams.sql", """
            -- a comment; with a semicolon
            CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, text TEXT DEFAULT 'it''s; "so"');
            CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE);
            CREATE TRIGGER teams_name AFTER UPDATE OF name ON teams BEGIN
                UPDATE teams SET text = CASE new.name WHEN '' THEN 'none; END' ELSE new.name END WHERE id = new.id;
            END;
            INSERT INTO teams (id, name) VALUES (1, 'first
            .quit
            second line; -- no comment'), (2, 'zwölf ☃');
            INSERT INTO members VALUES (1, 1), (2, 2);
            """),
        ("0002_rebuild.sql", """
            PRAGMA foreign_keys=OFF;
            CREATE TABLE new_teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL DEFAULT '');
            INSERT INTO new_teams SELECT id, name, text FROM teams;
            DROP TABLE teams;
            ALTER TABLE new_teams RENAME TO teams;
            PRAGMA foreign_key_check;
            PRAGMA foreign_keys=ON;
            """),
        ("0003_view.sql", "CREATE VIEW named AS SELECT name FROM teams -- the last token is a comment"),
    ];

    public static TemporarySqlite Open(string path) => new(options => options.Path = path);

    public static IMigrationRunner Runner(TemporarySqlite sqlite, params (string Name, string Sql)[] scripts)
        => MigrationRunnerFactory.Create(sqlite.Database, new() { Sources = { MigrationSource.FromScripts(scripts.ToDictionary()) } });

    public static async Task<string> ScriptOfAsync((string Name, string Sql)[] scripts)
    {
        await using var unused = Open(":memory:");
        return await Runner(unused, scripts).ScriptAsync();
    }

    public static async Task<string> ContentAsync(string path)
    {
        await using var sqlite = Open(path);
        return await DatabaseContent.ReadAsync(sqlite.Database);
    }

    // the shell gives its databases no application id
    public static string WithoutTimes(string content) => Times().Replace(content, "?").Replace($"application_id {StartupGuard.ApplicationId}", "application_id 0", StringComparison.Ordinal);

    [GeneratedRegex("[0-9]{13}", RegexOptions.None, 1000)]
    private static partial Regex Times();
}
