namespace DeployStack.Data.Sqlite.Tests.Opening;

/// <summary>Where a database is known to have existed, no empty one takes its place.</summary>
public sealed class ExistenceTests : IDisposable
{
    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, "is missing")]
    [InlineData(true, "is empty")]
    public async Task A_proven_database_is_not_begun_anew_and_the_backups_are_named(bool exists, string fragment)
    {
        if (exists)
        {
            await File.WriteAllBytesAsync(_folder.File, []);
        }

        var backups = Directory.CreateDirectory(Path.Combine(_folder.Folder, "backup")).FullName;
        foreach (var day in Enumerable.Range(1, 7))
        {
            await File.WriteAllTextAsync(Path.Combine(backups, $"app-2026-01-0{day}.db"), "a backup");
        }

        var error = await _folder.FailsAsync(options => options.ProofOfExistence = () => "the selection file names it.");
        Assert.Equal(DatabaseErrorKind.MissingOrReplaced, error.Kind);
        foreach (var expected in new[] { fragment, "the selection file names it. No new one", "app-2026-01-07.db, app-2026-01-06.db", "and 2 more", _folder.File })
        {
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_database_that_another_process_makes_during_the_look_is_opened()
    {
        long rows = 0;
        await _folder.OpenAsync(
            options => options.ProofOfExistence = () =>
            {
                _folder.WithDatabase(); // the file was missing a moment ago
                return "the selection file names it";
            },
            async database => rows = await database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
        Assert.Equal(1000, rows);
    }

    [Fact]
    public async Task Without_backups_that_is_said()
    {
        var error = await _folder.FailsAsync(options => options.ProofOfExistence = static () => "it was here");
        Assert.Contains("there is no folder", error.Message, StringComparison.Ordinal);
        Directory.CreateDirectory(Path.Combine(_folder.Folder, "backup"));
        error = await _folder.FailsAsync(options => options.ProofOfExistence = static () => "it was here");
        Assert.Contains("none is in", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_beside_a_missing_or_empty_file_is_proof_enough(bool exists)
    {
        if (exists)
        {
            await File.WriteAllBytesAsync(_folder.File, []);
        }

        await File.WriteAllTextAsync(_folder.File + "-wal", "committed rows");
        var error = await _folder.FailsAsync();
        Assert.Equal(DatabaseErrorKind.MissingOrReplaced, error.Kind);
        Assert.Contains("its write-ahead log of 14 bytes stands beside it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_proof_an_empty_file_is_adopted_and_marked()
    {
        await File.WriteAllBytesAsync(_folder.File, []);
        await _folder.OpenAsync(options => options.ProofOfExistence = static () => null, async database =>
        {
            await database.ExecuteAsync("CREATE TABLE t (x)");
            Assert.Equal(0x44535444, await database.ExecuteScalarAsync<long>("PRAGMA application_id"));
        });
    }

    [Fact]
    public async Task The_proof_is_not_asked_for_where_the_file_has_content()
    {
        _folder.WithDatabase();
        await _folder.OpenAsync(options => options.ProofOfExistence = static () => throw new InvalidOperationException("asked"));
    }
}
