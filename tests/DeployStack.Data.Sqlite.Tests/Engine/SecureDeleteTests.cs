using System.Text;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Engine;

public sealed class SecureDeleteTests : IAsyncDisposable
{
    private const string Marker = "n0-tr4ce-of-this";

    private readonly TemporarySqlite _sqlite = new(static options => options.Profile = SqliteProfile.Production);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_such_a_batch_replaces_and_deletes_is_found_nowhere(bool isWiped)
    {
        await _sqlite.Database.ExecuteAsync("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT NOT NULL)");
        await _sqlite.Database.ExecuteBatchAsync([.. Enumerable.Range(20, 10).Select(Insert)]); // on one page: what a split of a page leaves behind, no later batch can wipe
        await _sqlite.Engine.CheckpointAsync();
        await _sqlite.Database.ExecuteBatchAsync([new("UPDATE t SET x = 'other' WHERE id < 25"), new("DELETE FROM t WHERE id >= 25")], new() { SecureDelete = isWiped });
        Assert.Equal(isWiped ? 0 : 1, Math.Sign(Occurrences(await BytesAsync())));
        Assert.Equal(5, await _sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t WHERE x = 'other'"));
    }

    [Fact]
    public async Task What_earlier_batches_left_behind_goes_with_a_vacuum()
    {
        await _sqlite.Database.ExecuteAsync("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT NOT NULL)");
        await _sqlite.Database.ExecuteBatchAsync([.. Enumerable.Range(0, 50).Select(Insert)]);
        await _sqlite.Database.ExecuteBatchAsync([new("UPDATE t SET x = 'other'")], new() { SecureDelete = true });
        Assert.NotEqual(0, Occurrences(await BytesAsync()));
        await _sqlite.Engine.VacuumAsync();
        Assert.Equal(0, Occurrences(await BytesAsync()));
        Assert.Equal(50, await _sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t WHERE x = 'other'"));
        await Assert.ThrowsAsync<DatabaseException>(() => _sqlite.Database.WriteAsync(static session => session.ExecuteAsync("ATTACH ':memory:' AS other")));
    }

    [Fact]
    public async Task The_log_is_emptied_once_no_reader_needs_it()
    {
        await _sqlite.CreateTableAsync();
        await _sqlite.Database.ExecuteBatchAsync([new("UPDATE items SET name = 'second'")], new() { SecureDelete = true });
        await _sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items");
        await Eventually.TrueAsync(() => !File.Exists(_sqlite.Path + "-wal") || new FileInfo(_sqlite.Path + "-wal").Length == 0, "The log was not emptied.");
    }

    [Fact]
    public async Task The_pragma_is_put_back_also_after_a_failure()
    {
        await _sqlite.CreateTableAsync();
        await Assert.ThrowsAsync<DatabaseException>(() => _sqlite.Database.ExecuteBatchAsync([new("INSERT INTO items (name) VALUES ('first')")], new() { SecureDelete = true }));
        var settings = await _sqlite.Engine.GetEffectiveSettingsAsync();
        Assert.Equal(0, await _sqlite.Database.WriteAsync(static session => session.ExecuteScalarAsync<long>("PRAGMA secure_delete")));
        Assert.NotEmpty(settings);
    }

    public ValueTask DisposeAsync() => _sqlite.DisposeAsync();

    private static SqlStatement Insert(int i) => new("INSERT INTO t VALUES (@i, @x)", new { i, x = $"{Marker} {new string((char)('a' + (i % 20)), 300)}" });

    private static int Occurrences(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        var marker = Encoding.UTF8.GetBytes(Marker);
        for (var at = bytes.IndexOf(marker); at >= 0; at = bytes.IndexOf(marker))
        {
            count++;
            bytes = bytes[(at + marker.Length)..];
        }

        return count;
    }

    // a copy of the pages as they are: the live file is SQLite's
    private async Task<byte[]> BytesAsync()
    {
        await _sqlite.Engine.CheckpointAsync();
        var copy = _sqlite.Path + ".copy";
        using (var source = new SqliteConnection($"Data Source={_sqlite.Path};Pooling=false"))
        using (var target = new SqliteConnection($"Data Source={copy};Pooling=false"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        return await File.ReadAllBytesAsync(copy);
    }
}
