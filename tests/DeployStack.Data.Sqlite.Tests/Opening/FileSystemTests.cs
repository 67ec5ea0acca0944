using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Tests.Opening;

public sealed class FileSystemTests
{
    [Theory]
    [InlineData("ext4", DriveType.Fixed, "Local")]
    [InlineData("xfs", DriveType.Fixed, "Local")]
    [InlineData("apfs", DriveType.Fixed, "Local")]
    [InlineData("NTFS", DriveType.Fixed, "Local")]
    [InlineData("nfs", DriveType.Network, "Network")]
    [InlineData("nfs4", DriveType.Network, "Network")]
    [InlineData("cifs", DriveType.Network, "Network")]
    [InlineData("smb2", DriveType.Network, "Network")]
    [InlineData("v9fs", DriveType.Network, "Network")]
    [InlineData("ceph", DriveType.Network, "Network")]
    [InlineData("NTFS", DriveType.Network, "Network")]
    [InlineData("fuse", DriveType.Network, "UserSpace")]
    [InlineData("virtiofs", DriveType.Fixed, "UserSpace")]
    [InlineData("tmpfs", DriveType.Ram, "Volatile")]
    [InlineData("overlayfs", DriveType.Fixed, "Volatile")]
    public void A_file_system_is_judged_by_its_name_and_kind(string format, DriveType type, string verdict)
        => Assert.Equal(verdict, FileSystems.Judge(format, type).ToString());

    [Fact]
    public void A_path_that_does_not_exist_yet_is_judged_by_the_nearest_folder()
    {
        var folder = Path.GetTempPath();
        Assert.Equal(FileSystems.Of(Path.Combine(folder, "x.db")), FileSystems.Of(Path.Combine(folder, "not", "there", "x.db")));
    }

    [LinuxFact]
    public async Task A_database_in_memory_of_the_machine_is_a_warning()
    {
        if (!Directory.Exists("/dev/shm") || FileSystems.Of("/dev/shm/x.db").Verdict != FileSystemVerdict.Volatile)
        {
            return;
        }

        using var folder = new DatabaseFolder();
        var path = $"/dev/shm/deploystack-{Guid.NewGuid():N}.db";
        await folder.OpenAsync(options => options.Path = path);
        File.Delete(path);
        Assert.Contains(folder.Logs.GetSnapshot(), record => record.Id.Id == 2006 && record.Message.Contains("tmpfs", StringComparison.Ordinal));
    }
}
