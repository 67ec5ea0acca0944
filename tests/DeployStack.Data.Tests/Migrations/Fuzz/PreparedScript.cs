using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Tests.Migrations.Fuzz;

/// <summary>What SQLite makes of a script: it prepares one statement after the other and says where each ended.</summary>
internal sealed class PreparedScript : IDisposable
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");

    public PreparedScript(string schema)
    {
        _connection.Open();
        using var command = _connection.CreateCommand();
        command.CommandText = schema;
        command.ExecuteNonQuery();
    }

    /// <summary>The bytes that SQLite read for each statement, up to the first that it refuses.</summary>
    /// <param name="script">UTF-8.</param>
    /// <param name="refused">Where the first statement begins that cannot be prepared; <see langword="null"/> for none.</param>
    public List<Range> Regions(byte[] script, out int? refused)
    {
        var regions = new List<Range>();
        refused = null;
        for (var start = 0; start < script.Length;)
        {
            var result = raw.sqlite3_prepare_v2(_connection.Handle, script.AsSpan(start), out var statement, out var tail);
            using (statement)
            {
                if (result != raw.SQLITE_OK)
                {
                    refused = start;
                    return regions;
                }

                var end = script.Length - tail.Length;
                if (!statement.IsInvalid)
                {
                    regions.Add(start..end);
                }

                start = end;
            }
        }

        return regions;
    }

    /// <summary>Whether SQLite sees nothing in it.</summary>
    public bool IsBlank(ReadOnlySpan<byte> text) => Regions(text.ToArray(), out var refused).Count == 0 && refused is null;

    /// <summary>Whether the text ends a statement, by sqlite3_complete.</summary>
    public static bool IsComplete(string text) => raw.sqlite3_complete(text) != 0;

    /// <summary>Why the first statement of the text is refused.</summary>
    public string Why(byte[] script, int start)
    {
        raw.sqlite3_prepare_v2(_connection.Handle, script.AsSpan(start), out var statement, out _);
        statement.Dispose();
        return raw.sqlite3_errmsg(_connection.Handle).utf8_to_string() + " in " + Encoding.UTF8.GetString(script, start, Math.Min(200, script.Length - start));
    }

    public void Dispose() => _connection.Dispose();
}
