namespace DeployStack.Data.Sqlite.Tests.Quickstart;

/// <summary>The first thing that a new user runs. Nothing runs beside it: it takes all the processor it can get.</summary>
[Collection(nameof(QuickstartTests))]
[CollectionDefinition(nameof(QuickstartTests), DisableParallelization = true)]
public sealed class QuickstartTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-quickstart-");

    private string Database => Path.Combine(_folder.FullName, "new folder", "quickstart.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_run_creates_everything_and_the_second_keeps_it()
    {
        var first = await QuickstartProcess.RunAsync(_folder, path: null, "--path", Database, "--seconds", "1");
        AssertGood(first);
        Assert.Contains("Migrations: 6 applied, 0 there before", first.Output, StringComparison.Ordinal);
        Assert.Matches("""rehearsal +6 on a copy, passed""", first.Output);
        Assert.Matches("""schema +as a replay of the history makes it""", first.Output);
        Assert.Contains("Settings: 17 created, 0 skipped", first.Output, StringComparison.Ordinal);
        Assert.Contains("SMTP Mail Settings (smtp): 7 created, 0 skipped", first.Output, StringComparison.Ordinal);
        Assert.Matches("""global\.page_url +string +http://localhost:5173""", first.Output);
        Assert.Matches("""smtp\.password +string +\(secret, unset\)""", first.Output);
        Assert.Contains("settings.key, created, for its owner alone", first.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.FullName, "new folder-keys", "settings.key")));
        }

        var second = await QuickstartProcess.RunAsync(_folder, path: null, "--path", Database, "--seconds", "1");
        AssertGood(second);
        Assert.Contains("Migrations: 0 applied, 6 there before", second.Output, StringComparison.Ordinal);
        Assert.Matches("""rehearsal +nothing is pending""", second.Output);
        Assert.Contains("Settings: 0 created, 17 skipped", second.Output, StringComparison.Ordinal);
        Assert.Matches("""values touched +none""", second.Output);
        Assert.Matches("""smtp\.password +string +\(secret, set\)""", second.Output);
        Assert.Contains("settings.key, there before", second.Output, StringComparison.Ordinal);
        Assert.Matches("""global\.page_url +string +https://deploystack\.example\.com""", second.Output);
    }

    [Fact]
    public async Task Without_a_path_the_library_chooses_the_file()
    {
        AssertGood(await QuickstartProcess.RunAsync(_folder, path: null, "--seconds", "0"), workload: false);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "persistent_data", "database", "deploystack.db")));

        AssertGood(await QuickstartProcess.RunAsync(_folder, Database, "--seconds", "0"), workload: false);
        Assert.True(File.Exists(Database));
        Assert.False(File.Exists(Database + "-wal"), "The log was left behind.");
    }

    [Theory]
    [InlineData("--unknown")]
    [InlineData("--seconds", "soon")]
    [InlineData("--seconds", "-1")]
    [InlineData("--rate", "0")]
    [InlineData("--path")]
    public async Task What_it_does_not_understand_is_answered_by_the_usage(params string[] arguments)
    {
        var run = await QuickstartProcess.RunAsync(_folder, path: null, arguments);
        Assert.Equal((2, "", true), (run.ExitCode, run.Output, run.Errors.StartsWith("usage: ", StringComparison.Ordinal)));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_kept()
    {
        var file = Path.Combine(_folder.FullName, "notes.txt");
        var content = new string('x', 5_000);
        await File.WriteAllTextAsync(file, content);
        var run = await QuickstartProcess.RunAsync(_folder, path: null, "--path", file);
        Assert.True(run.ExitCode == 1 && run.Errors.Contains(file, StringComparison.Ordinal), run.All);
        Assert.Equal(content, await File.ReadAllTextAsync(file));
    }

    private static void AssertGood(QuickstartProcess run, bool workload = true)
    {
        Assert.True(run.ExitCode == 0, run.All);
        Assert.Contains("Nothing failed.", run.Output, StringComparison.Ordinal);
        Assert.Contains("smtp.password = ******** (set)", run.Output, StringComparison.Ordinal);
        Assert.Matches("""asked for by name +the same as was stored""", run.Output);
        Assert.DoesNotContain("battery", run.All, StringComparison.Ordinal);
        Assert.Contains("SEARCH m USING INDEX teamMemberships_user_id", run.Output, StringComparison.Ordinal);
        if (workload)
        {
            Assert.Equal((0, 0, 0, 0), (run.Number("lock errors"), run.Number("other errors"), run.Number("stuck"), run.Number("failed")));
            Assert.True(run.Number("done") > 0 && run.Number("done") == run.Number("queued"), run.All);
            Assert.True(run.Number("abandoned") > 0 && run.Number("reclaimed") >= run.Number("abandoned"), run.All);
        }
    }
}
