namespace DeployStack.Data.Sqlite.Tests.Opening;

/// <summary>Files that are no sound database: each has its own error, and stays as it was.</summary>
public sealed class BadFileTests : IDisposable
{
    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("this is no database, only a text that is longer than the header of one, which has one hundred bytes, so that it is read")]
    [InlineData("short")]
    public async Task A_text_file_is_not_a_database(string text)
    {
        await File.WriteAllTextAsync(_folder.File, text);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.NotADatabase, "is not a SQLite database", "The file is untouched");
    }

    [Fact]
    public async Task Garbage_is_not_a_database()
    {
        var garbage = new byte[50_000];
        new Random(4711).NextBytes(garbage);
        await File.WriteAllBytesAsync(_folder.File, garbage);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.NotADatabase, "is not a SQLite database");
    }

    [Theory]
    [InlineData(0, 88)] // the magic
    [InlineData(16, 99)] // the page size
    [InlineData(19, 9)] // the read version
    public async Task A_damaged_header_is_not_a_database(int offset, byte value)
    {
        _folder.WithDatabase().Patch(offset, value);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.NotADatabase, "is not a SQLite database");
    }

    [Fact]
    public async Task A_newer_schema_format_is_told_apart_from_damage()
    {
        _folder.WithDatabase().Patch(47, 99);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.NotADatabase, "schema format", "newer SQLite");
    }

    [Fact]
    public async Task A_newer_write_version_can_be_read_and_not_written()
    {
        _folder.WithDatabase("PRAGMA journal_mode=DELETE").Patch(18, 9);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.ReadOnly, "its format is newer", "open it with ReadOnly");
        await _folder.OpenAsync(options => options.ReadOnly = true, async database
            => Assert.Equal(1000, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM items")));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task A_file_cut_by_pages_is_damaged(double share)
    {
        _folder.WithDatabase().Cut(length => (long)(length * share));
        Is(await _folder.FailsAsync(), DatabaseErrorKind.Corrupt, "is damaged", "restore the newest verified backup");
    }

    [Fact]
    public async Task A_file_of_nothing_but_a_header_is_damaged()
    {
        _folder.WithDatabase().Cut(_ => 100);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.Corrupt, "is damaged");
    }

    [Fact]
    public async Task A_file_that_ends_within_its_last_page_is_damaged_though_SQLite_does_not_notice()
    {
        _folder.WithDatabase().Cut(length => length - 100);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.Corrupt, "its end was cut off");
    }

    [Fact]
    public async Task A_zeroed_first_page_is_damaged_or_no_database()
    {
        _folder.WithDatabase().Patch(100, new byte[3_996]);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.Corrupt, "is damaged");
    }

    [Fact]
    public async Task A_zeroed_page_in_the_middle_is_found_by_the_read_that_meets_it()
    {
        _folder.WithDatabase().Patch(5 * 4_096, new byte[4_096]);
        var error = await _folder.FailsAsync(use: async database => await database.ExecuteScalarAsync<long>("SELECT sum(length(name)) FROM items NOT INDEXED"));
        Is(error, DatabaseErrorKind.Corrupt, "a page does not hold what it must");
    }

    [Fact]
    public async Task Another_applications_database_is_refused_and_one_without_an_id_is_adopted()
    {
        _folder.WithDatabase("PRAGMA application_id=252006673");
        Is(await _folder.FailsAsync(), DatabaseErrorKind.MissingOrReplaced, "another application's database", "0x0F055111", "0x44535444");

        using var own = new DatabaseFolder().WithDatabase();
        await own.OpenAsync(use: async database => Assert.Equal(0, await database.ExecuteScalarAsync<long>("PRAGMA application_id")));
    }

    [Fact]
    public async Task A_new_database_carries_the_librarys_application_id()
        => await _folder.OpenAsync(use: async database => Assert.Equal(0x44535444, await database.ExecuteScalarAsync<long>("PRAGMA application_id")));

    [Theory]
    [InlineData("-wal")]
    [InlineData("-shm")]
    [InlineData("-journal")]
    public async Task A_directory_in_the_place_of_a_companion_file_is_named(string suffix)
    {
        _folder.WithDatabase();
        Directory.CreateDirectory(_folder.File + suffix);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.CannotOpen, $"app.db{suffix}' is not a regular file");
    }

    [Fact]
    public async Task A_symbolic_link_planted_as_the_log_is_not_followed()
    {
        _folder.WithDatabase();
        var victim = Path.Combine(_folder.Folder, "victim");
        await File.WriteAllTextAsync(victim, "precious");
        File.CreateSymbolicLink(_folder.File + "-wal", victim);
        Is(await _folder.FailsAsync(), DatabaseErrorKind.CannotOpen, "symbolic link, which SQLite does not follow");
    }

    [Fact]
    public async Task A_file_that_became_sound_again_opens()
    {
        _folder.WithDatabase().Patch(0, 88);
        await _folder.FailsAsync();
        _folder.Patch(0, (byte)'S');
        await _folder.OpenAsync(use: async database => Assert.Equal(1000, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM items")));
    }

    private void Is(DatabaseException error, DatabaseErrorKind kind, params string[] fragments)
    {
        Assert.Equal((kind, false), (error.Kind, error.IsTransient));
        foreach (var fragment in fragments.Append(_folder.File))
        {
            Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        }
    }
}
