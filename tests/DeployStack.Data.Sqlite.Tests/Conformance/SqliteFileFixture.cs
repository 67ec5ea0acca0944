namespace DeployStack.Data.Sqlite.Tests.Conformance;

/// <summary>A file in a folder of its own, which must hold nothing but that file when the database is closed.</summary>
public sealed class SqliteFileFixture : SqliteFixture
{
    private const string FileName = "test.db";

    public override bool KeepsData => true;

    public override object CreatePlace() => Directory.CreateTempSubdirectory("deploystack-conformance-");

    public override Task RemovePlaceAsync(object place)
    {
        var folder = (DirectoryInfo)place;
        var open = OpenFilesIn(folder).ToList();
        var left = folder.EnumerateFiles().Select(static file => file.Name).Where(static name => name != FileName).ToList();
        folder.Delete(recursive: true);
        Assert.Empty(open);
        Assert.Empty(left);
        return Task.CompletedTask;
    }

    protected override string PathOf(object place) => Path.Combine(((DirectoryInfo)place).FullName, FileName);

    // where the system tells; on Windows deleting the folder proves the same
    private static IEnumerable<string> OpenFilesIn(DirectoryInfo folder) => OperatingSystem.IsLinux()
        ? new DirectoryInfo("/proc/self/fd").EnumerateFiles().Select(static file => file.LinkTarget ?? string.Empty)
            .Where(target => target.StartsWith(folder.FullName, StringComparison.Ordinal))
        : [];
}
