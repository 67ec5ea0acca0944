namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>The schema, the statements and the rows that every variant uses.</summary>
internal static class SampleData
{
    public const int SmallRows = 10_000;
    public const int LargeRows = 100_000;
    public const int Hot = 1_000;

    public const string Schema = """
        CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT);
        CREATE TABLE settings (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, value TEXT NOT NULL, group_id INTEGER NOT NULL, updated_at INTEGER NOT NULL);
        """;

    public const string Columns = "id, key, value, group_id, updated_at";
    public const string Find = $"SELECT {Columns} FROM settings WHERE key = @key";
    public const string All = $"SELECT {Columns} FROM settings ORDER BY id";

    public const string Insert = "INSERT INTO settings (key, value, group_id, updated_at) VALUES (@key, @value, 1, @now)";

    public const string Upsert = """
        INSERT INTO settings (key, value, group_id, updated_at) VALUES (@key, @value, 1, @now)
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at
        """;

    public const string UpsertGroup = """
        INSERT INTO groups (name, description) VALUES (@name, @description)
        ON CONFLICT (name) DO UPDATE SET description = excluded.description
        """;

    private static readonly string[] _values = [.. Enumerable.Range(0, 64).Select(static i => $"the value of a setting, number {i:00}")];

    /// <summary>The keys of the rows that the writers and the point reads take turns with.</summary>
    public static IReadOnlyList<string> HotKeys { get; } = [.. Enumerable.Range(0, Hot).Select(KeyOf)];

    /// <summary>Bytes of the two strings of a row in memory: length and terminator are counted, multiples of 8.</summary>
    public static double StringBytes { get; } = BytesOf(KeyOf(0)) + BytesOf(_values[0]);

    public static string KeyOf(int number) => $"setting.{number:00000000}";

    public static string ValueOf(long number) => _values[number & 63];

    /// <summary>Makes the two databases that the cases copy.</summary>
    public static void CreateTemplates(string folder)
    {
        Create(Path.Combine(folder, "small.db"), SmallRows);
        Create(Path.Combine(folder, "large.db"), LargeRows);
    }

    private static void Create(string path, int rows)
    {
        using var loop = new BareLoop(path, isFull: false);
        loop.Execute(Schema);
        loop.Execute("INSERT INTO groups (id, name) VALUES (1, 'group 1')");
        loop.Begin();
        using var insert = loop.Prepare(Insert);
        for (var i = 0; i < rows; i++)
        {
            BareLoop.Write(insert, KeyOf(i), ValueOf(i), i);
        }

        loop.Commit();
        loop.Checkpoint();
    }

    private static int BytesOf(string text) => (22 + (text.Length * 2) + 7) & ~7;
}
