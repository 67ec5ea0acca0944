using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Testing.Tests;

/// <summary>Each test has a folder of its own, so that it can list what is left.</summary>
public sealed class FileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-testing-");
    private readonly List<string> _kept = [];

    private IEnumerable<string> Left => Directory.EnumerateFileSystemEntries(_folder.FullName, "*", SearchOption.AllDirectories);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_is_its_owners_alone_and_nothing_of_it_is_left()
    {
        string? path;
        await using (var db = await Schema.Items.CreateAsync(OnFile))
        {
            path = db.Path!;
            await db.ExecuteAsync("INSERT INTO items (name) VALUES ('third')");
            Assert.Equal(3, await db.CountAsync());
            Assert.Contains(path + "-wal", Left);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(Path.GetDirectoryName(path)!).UnixFileMode);
            }
        }

        Assert.Empty(Left);
        Assert.Empty(_kept);
    }

    [Fact]
    public async Task Disposal_without_await_leaves_nothing_either_and_may_be_repeated()
    {
        var db = await Schema.Items.CreateAsync(OnFile);
        db.Dispose();
        db.Dispose();
        await db.DisposeAsync();
        Assert.Empty(Left);
        Assert.Null(db.KeptPath);
    }

    [Fact]
    public async Task A_database_in_memory_makes_no_file()
    {
        await using var db = await Schema.Items.CreateAsync(options =>
        {
            OnFile(options);
            options.InMemory();
        });
        Assert.Null(db.Path);
        Assert.Empty(Left);
    }

    [Fact]
    public async Task A_template_on_a_file_leaves_no_file_of_its_own()
    {
        var template = TestDatabase.Template(options =>
        {
            OnFile(options);
            options.Seed("CREATE TABLE items (id)");
        });
        await using (var db = await template.CreateAsync())
        {
            Assert.Single(_folder.GetDirectories());
            Assert.Equal(0, await db.CountAsync());
        }

        Assert.Empty(Left);
    }

    [Fact]
    public async Task A_failed_open_leaves_nothing()
    {
        var fails = false;
        var template = TestDatabase.Template(options =>
        {
            options.Sqlite(engine => engine.OnConnectionOpened = _ => Assert.False(fails));
        });
        await (await template.CreateAsync(OnFile)).DisposeAsync();
        fails = true;
        await Assert.ThrowsAsync<Xunit.Sdk.FalseException>(() => template.CreateAsync(OnFile));
        Assert.Empty(Left);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_test_keeps_its_database_as_a_file_that_any_tool_opens(bool inMemory)
    {
        var failure = await Assert.ThrowsAsync<InvalidTimeZoneException>(() => Schema.Items.RunAsync(
            async db =>
            {
                await db.ExecuteAsync("INSERT INTO items (name) VALUES ('seen by the test')");
                throw new InvalidTimeZoneException("the test's own");
            },
            options => Keep(options, inMemory)));

        Assert.Equal("the test's own", failure.Message);
        var path = Assert.Single(_kept);
        Assert.Equal([path], Left.Where(File.Exists));
        Assert.Equal("seen by the test", await ReadAsync(path, "SELECT name FROM items WHERE id = 3"));
        Assert.Equal("1146311748", await ReadAsync(path, "PRAGMA application_id"));
    }

    [Fact]
    public async Task A_test_that_passes_keeps_nothing()
    {
        await Schema.Items.RunAsync(async db => Assert.Equal(2, await db.CountAsync()), options => Keep(options, inMemory: false));
        Assert.Empty(Left);
        Assert.Empty(_kept);
    }

    [Fact]
    public async Task Without_the_option_a_failed_test_keeps_nothing()
    {
        await Assert.ThrowsAsync<TestAssertionException>(() => Schema.Items.RunAsync(db => db.AssertUsesIndexAsync("SELECT * FROM items"), OnFile));
        Assert.Empty(Left);
    }

    [Fact]
    public async Task A_failed_assertion_of_the_kit_marks_the_test_as_failed()
    {
        var db = await Schema.Items.CreateAsync(options => Keep(options, inMemory: false));
        await Assert.ThrowsAsync<TestAssertionException>(() => db.AssertNoFullScanAsync("SELECT * FROM items"));
        await db.DisposeAsync();
        Assert.Equal(db.KeptPath, Assert.Single(_kept));
    }

    [Fact]
    public async Task A_file_is_kept_on_demand()
    {
        var db = await Schema.Items.CreateAsync(options => Keep(options, inMemory: true));
        db.KeepFile();
        await db.DisposeAsync();
        Assert.True(File.Exists(db.KeptPath));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_snapshot_is_saved_while_the_test_goes_on(bool onFile)
    {
        var path = Path.Combine(_folder.FullName, "saved.db");
        await using var db = await Schema.Items.CreateAsync(options => Keep(options, !onFile));
        await db.ExecuteAsync("INSERT INTO items (name) VALUES ('third')");
        await db.SaveAsync(path);
        await db.ExecuteAsync("DELETE FROM items");
        Assert.Equal("3", await ReadAsync(path, "SELECT count(*) FROM items"));
        Assert.Equal(0, await db.CountAsync());
        await Assert.ThrowsAsync<IOException>(() => db.SaveAsync(path));
    }

    private void OnFile(TestDatabaseCopyOptions options)
    {
        options.OnFile(_folder.FullName);
        options.OnKept = _kept.Add;
    }

    private void Keep(TestDatabaseCopyOptions options, bool inMemory)
    {
        OnFile(options);
        options.KeepFileOnFailure = true;
        if (inMemory)
        {
            options.InMemory();
        }
    }

    private static async Task<string?> ReadAsync(string path, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
