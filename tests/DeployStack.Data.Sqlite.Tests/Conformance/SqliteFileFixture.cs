namespace DeployStack.Data.Sqlite.Tests.Conformance;

/// <summary>A file in a folder of its own, which must hold nothing but that file when the database is closed.</summary>
public sealed class SqliteFileFixture : SqliteFixture
{
    public override bool KeepsData => true;

    public override object CreatePlace() => Directory.CreateTempSubdirectory("deploystack-conformance-");

    public override Task RemovePlaceAsync(object place)
    {
        var folder = (DirectoryInfo)place;
        Assert.DoesNotContain(folder.EnumerateFiles(), static file => file.Name is "test.db-wal" or "test.db-shm" or "test.db-journal");
        Assert.Empty(OpenFilesIn(folder));
        folder.Delete(recursive: true);
        Assert.False(Directory.Exists(folder.FullName));
        return Task.CompletedTask;
    }

    protected override string PathOf(object place) => Path.Combine(((DirectoryInfo)place).FullName, "test.db");

    // where the system tells; on Windows deleting the folder proves the same
    private static IEnumerable<string> OpenFilesIn(DirectoryInfo folder) => OperatingSystem.IsLinux()
        ? new DirectoryInfo("/proc/self/fd").EnumerateFiles().Select(static file => file.LinkTarget ?? string.Empty)
            .Where(target => target.StartsWith(folder.FullName, StringComparison.Ordinal))
        : [];
}
