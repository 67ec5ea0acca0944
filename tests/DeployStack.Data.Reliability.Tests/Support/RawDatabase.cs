using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Reliability.Support;

/// <summary>Looks at a database without the engine: what a checker finds must not depend on what is checked.</summary>
internal sealed class RawDatabase : IDisposable
{
    private readonly SqliteConnection _connection;

    public RawDatabase(string path)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _connection.Open();
    }

    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public long Number(string sql) => (long)Rows(sql)[0][0];

    public List<object[]> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<object[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Everything in the database as lines of text: the schema, and every row of every table. Times of the migration
    /// history are left out.</summary>
    public List<string> Content()
    {
        List<string> lines = [];
        foreach (var row in Rows("SELECT type, name, ifnull(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"))
        {
            lines.Add($"{row[0]} {row[1]}: {row[2]}");
            if (row[0] is "table")
            {
                var columns = Rows($"SELECT name FROM pragma_table_info('{row[1]}') WHERE name <> 'applied_at'").Select(static column => $"quote(\"{column[0]}\")");
                lines.AddRange(Rows($"SELECT {string.Join(" || ',' || ", columns)} FROM \"{row[1]}\"").Select(each => $"{row[1]}: {each[0]}").Order(StringComparer.Ordinal));
            }
        }

        return lines;
    }

    /// <summary>What SQLite's <c>integrity_check</c> and <c>foreign_key_check</c> find; empty for a sound database.</summary>
    public IEnumerable<string> Damage()
        => Rows("PRAGMA integrity_check").Select(static row => (string)row[0]).Where(static finding => finding != "ok")
            .Concat(Rows("PRAGMA foreign_key_check").Select(static row => $"foreign key of {row[0]}"));

    public void Dispose() => _connection.Dispose();
}
