using System.Text;
using DeployStack.Data.Migrations;
using DeployStack.Data.Tests.Migrations.Embedded;

namespace DeployStack.Data.Tests.Migrations;

public sealed class MigrationSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-migrations-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_folder_gives_its_scripts_and_nothing_else()
    {
        Write("0001_a.sql", "SELECT 1");
        Write("0002_b.sql", "SELECT 'Grüße'");
        Write("readme.md", "no script");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "meta"));
        Write("meta/0003_c.sql", "SELECT 3");
        var files = await MigrationSource.FromFolder(_folder.FullName).ReadAsync(default);
        Assert.Equal([("0001_a.sql", "SELECT 1"), ("0002_b.sql", "SELECT 'Grüße'")], files.Select(file => (file.FileName, file.Text)));
        Assert.Equal(Path.Combine(_folder.FullName, "0001_a.sql"), files[0].Origin);
    }

    [Fact]
    public async Task A_folder_without_scripts_is_an_error_that_names_it()
        => Assert.Contains(_folder.FullName, (await FailureOf(MigrationSource.FromFolder(_folder.FullName))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_folder_is_an_error_that_names_it()
    {
        var error = await FailureOf(MigrationSource.FromFolder(Path.Combine(_folder.FullName, "absent")));
        Assert.Contains("absent", error.Message, StringComparison.Ordinal);
        Assert.IsType<DirectoryNotFoundException>(error.InnerException);
    }

    [Fact]
    public async Task A_script_in_another_encoding_is_an_error_that_names_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "0001_a.sql"), "SELECT 1", Encoding.Unicode);
        Assert.Contains("0001_a.sql: the file is not UTF-8 text", (await FailureOf(MigrationSource.FromFolder(_folder.FullName))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relative_folder_counts_from_the_application()
        => Assert.Equal(MigrationSource.FromFolder(Path.Combine(AppContext.BaseDirectory, "scripts")), MigrationSource.FromFolder("scripts"));

    [Fact]
    public async Task An_assembly_gives_its_embedded_scripts()
    {
        var files = await MigrationSource.FromAssembly(typeof(MigrationSourceTests).Assembly).ReadAsync(default);
        Assert.Equal(["0001_notes.sql", "0002_index.sql", "M0000_Nothing"], files.Select(file => file.FileName).Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.EndsWith("in DeployStack.Data.Tests", file.Origin, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_prefix_selects_the_resources()
    {
        var files = await MigrationSource.FromAssembly(typeof(MigrationSourceTests).Assembly, "DeployStack.Data.Tests.Migrations.Embedded.0002").ReadAsync(default);
        Assert.Equal("0002_index.sql", Assert.Single(files).FileName);
    }

    [Fact]
    public async Task A_prefix_selects_the_classes_as_well_and_only_those_that_can_be_made()
    {
        var files = await MigrationSource.FromAssembly(typeof(MigrationSourceTests).Assembly, typeof(M0000_Nothing).FullName!).ReadAsync(default);
        Assert.IsType<M0000_Nothing>(Assert.Single(files).Code);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("latin1")]
    public async Task A_folder_with_another_encoding_is_refused_whole(string encoding)
    {
        Write("0001_a.sql", "SELECT 1");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "0002_b.sql"), "SELECT 'Grüße'", Encoding.GetEncoding(encoding));
        Assert.Contains("0002_b.sql: the file is not UTF-8 text", (await FailureOf(MigrationSource.FromFolder(_folder.FullName))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nul_is_refused_wherever_the_text_comes_from()
    {
        Write("0001_a.sql", "SELECT 1;\0DROP TABLE a;");
        Assert.Contains("NUL", (await FailureOf(MigrationSource.FromFolder(_folder.FullName))).Message, StringComparison.Ordinal);
        var scripts = MigrationSource.FromScripts(new Dictionary<string, string> { ["0001_a.sql"] = "SELECT 1;\0" });
        Assert.Contains("NUL", (await FailureOf(scripts)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_an_error_that_names_it()
    {
        Write("0001_a.sql", "SELECT 1");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "0002_b.sql"), Path.Combine(_folder.FullName, "gone.sql"));
        var error = await FailureOf(MigrationSource.FromFolder(_folder.FullName));
        Assert.Contains("0002_b.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<IOException>(error.InnerException);
    }

    [Fact]
    public async Task An_assembly_without_scripts_is_an_error_that_says_how_to_embed_them()
        => Assert.Contains("EmbeddedResource", (await FailureOf(MigrationSource.FromAssembly(typeof(string).Assembly))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_source_given_twice_is_the_same_source()
        => Assert.Equal(MigrationSource.FromAssembly(typeof(MigrationSourceTests).Assembly), MigrationSource.FromAssembly(typeof(MigrationSourceTests).Assembly));

    private static Task<MigrationException> FailureOf(MigrationSource source) => Assert.ThrowsAsync<MigrationException>(() => source.ReadAsync(default));

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
