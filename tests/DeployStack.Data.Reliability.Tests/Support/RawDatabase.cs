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

    /// <summary>What SQLite's <c>integrity_check</c> and <c>foreign_key_check</c> find; empty for a sound database.</summary>
    public IEnumerable<string> Damage()
        => Rows("PRAGMA integrity_check").Select(static row => (string)row[0]).Where(static finding => finding != "ok")
            .Concat(Rows("PRAGMA foreign_key_check").Select(static row => $"foreign key of {row[0]}"));

    public void Dispose() => _connection.Dispose();
}
