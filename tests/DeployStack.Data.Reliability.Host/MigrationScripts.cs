using DeployStack.Data.Migrations;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Twelve migrations: tables, rows, indexes, and one that rebuilds a table whose children cascade.</summary>
internal static class MigrationScripts
{
    private const string Numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)";

    public static IReadOnlyDictionary<string, string> All { get; } = Make();

    public static MigrationOptions Options => new() { Sources = { MigrationSource.FromScripts(All) } };

    private static Dictionary<string, string> Make()
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["0001_teams.sql"] = $"CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);\n{Numbers} INSERT INTO teams SELECT i, 'team ' || i FROM n;",
            ["0002_members.sql"] = $"CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER NOT NULL REFERENCES teams(id) ON DELETE CASCADE);\n{Numbers} INSERT INTO members SELECT i, i FROM n;",
            ["0006_rebuild.sql"] = """
                PRAGMA foreign_keys=OFF;
                CREATE TABLE new_teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, slug TEXT NOT NULL);
                INSERT INTO new_teams SELECT id, name, replace(name, ' ', '-') FROM teams;
                DROP TABLE teams;
                ALTER TABLE new_teams RENAME TO teams;
                PRAGMA foreign_keys=ON;
                """,
        };
        for (var i = 3; i <= 12; i++)
        {
            scripts.TryAdd($"{i:0000}_log{i}.sql", $"CREATE TABLE log{i} (id INTEGER PRIMARY KEY, text TEXT);\n{Numbers} INSERT INTO log{i} SELECT i, 'row ' || i FROM n;\nCREATE INDEX log{i}_text ON log{i}(text);");
        }

        scripts.Remove("0006_log6.sql");
        return scripts;
    }
}
