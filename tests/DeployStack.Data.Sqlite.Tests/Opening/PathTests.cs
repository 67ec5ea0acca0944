using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Tests.Opening;

/// <summary>What stands, or does not stand, at the path.</summary>
public sealed class PathTests : IDisposable
{
    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" ", "empty")]
    [InlineData("a\0b", "control character")]
    [InlineData("a\nb", "control character")]
    [InlineData("file:x.db?nolock=1", "file: URI")]
    [InlineData("/data/FILE:x.db", "file: URI")]
    [InlineData(":memory: ", "exactly ':memory:'")]
    [InlineData("/data/:memory:", "exactly ':memory:'")]
    [InlineData(":Memory:", "exactly ':memory:'")]
    [InlineData(":memory:?cache=shared", "exactly ':memory:'")]
    [InlineData("|DataDirectory|x.db", "not expanded")]
    [InlineData("data/", "directory")]
    public void A_text_that_is_no_plain_path_is_refused(string path, string fragment)
        => Assert.Contains(fragment, PathRules.Refusal(path), StringComparison.Ordinal);

    [Theory]
    [InlineData(":memory:")]
    [InlineData("app.db")]
    [InlineData("../data/x6.db?mode=memory")]
    [InlineData("/data/my file.db")]
    public void A_plain_path_is_taken(string path) => Assert.Null(PathRules.Refusal(path));

    [Theory]
    [InlineData(":memory:?cache=shared")]
    [InlineData(":MEMORY:")]
    [InlineData("sub/file:x.db")]
    public async Task A_refused_path_creates_nothing(string name)
    {
        var error = await _folder.FailsAsync(options => options.Path = Path.Combine(_folder.Folder, name));
        Assert.Equal(DatabaseErrorKind.CannotOpen, error.Kind);
    }

    [Theory]
    [InlineData("ä ö;='\"#%20 ?mode=memory.db")]
    [InlineData("emoji 🗄 .db")]
    [InlineData("Data Source=x;Password=y")]
    public async Task Odd_characters_in_a_name_are_no_obstacle(string name)
    {
        var path = Path.Combine(_folder.Folder, name);
        await _folder.OpenAsync(options => options.Path = path, async database => await database.ExecuteAsync("CREATE TABLE t (x)"));
        Assert.Equal([path], Directory.GetFiles(_folder.Folder));
    }

    [Fact]
    public async Task A_missing_file_that_must_exist_is_not_created()
    {
        var error = await _folder.FailsAsync(options => options.FileMustExist = true);
        Is(error, "the file does not exist, and FileMustExist keeps it from being created");
        Is(await _folder.FailsAsync(options => options.ReadOnly = true), "the file does not exist, and ReadOnly keeps it");
    }

    [Fact]
    public async Task A_missing_folder_is_named_where_nothing_may_be_created()
    {
        var error = await _folder.FailsAsync(options =>
        {
            options.Path = Path.Combine(_folder.Folder, "a", "b", "app.db");
            options.FileMustExist = true;
        });
        Is(error, $"the folder '{Path.Combine(_folder.Folder, "a", "b")}' does not exist");
    }

    [Fact]
    public async Task A_directory_is_not_a_database()
    {
        Directory.CreateDirectory(_folder.File);
        Is(await _folder.FailsAsync(), "it is a directory");
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_folder_is_named()
    {
        await File.WriteAllTextAsync(_folder.File, "a file");
        Is(await _folder.FailsAsync(options => options.Path = Path.Combine(_folder.File, "x.db")), "is a file, not a folder");
    }

    [Fact]
    public async Task A_symbolic_link_to_nothing_is_not_written_through()
    {
        File.CreateSymbolicLink(_folder.File, Path.Combine(_folder.Folder, "nowhere"));
        Is(await _folder.FailsAsync(), "symbolic link to", "which does not exist");
    }

    [Fact]
    public async Task A_symbolic_link_to_a_database_is_followed()
    {
        _folder.WithDatabase();
        var link = Path.Combine(_folder.Folder, "link.db");
        File.CreateSymbolicLink(link, _folder.File);
        await _folder.OpenAsync(options => options.Path = link, async database => Assert.Equal(1000, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM items")));
    }

    [RootFact]
    public async Task A_symbolic_link_of_another_user_is_not_followed()
    {
        _folder.WithDatabase();
        var link = Path.Combine(_folder.Folder, "link.db");
        File.CreateSymbolicLink(link, _folder.File);
        Shell.Run("chown", "-h", "65534", link);
        Is(await _folder.FailsAsync(options => options.Path = link), "another user (uid 65534)");
    }

    [Fact]
    public async Task A_name_or_path_that_is_too_long_is_measured()
    {
        Is(await _folder.FailsAsync(options => options.Path = Path.Combine(_folder.Folder, new string('x', 300))), "300 bytes", "255");
        var deep = string.Join(Path.DirectorySeparatorChar, Enumerable.Repeat(new string('d', 100), 6));
        Is(await _folder.FailsAsync(options => options.Path = Path.Combine(_folder.Folder, deep)), "SQLite takes 504");
    }

    [LinuxFact]
    public async Task A_FIFO_or_device_does_not_hang()
    {
        Shell.Run("mkfifo", _folder.File);
        foreach (var readOnly in new[] { false, true })
        {
            Is(await _folder.FailsAsync(options => options.ReadOnly = readOnly), "FIFO, socket or device");
        }

        Is(await _folder.FailsAsync(options => options.Path = "/dev/null"), "FIFO, socket or device");
    }

    private static void Is(DatabaseException error, params string[] fragments)
    {
        Assert.Equal((DatabaseErrorKind.CannotOpen, false), (error.Kind, error.IsTransient));
        foreach (var fragment in fragments)
        {
            Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        }
    }
}
