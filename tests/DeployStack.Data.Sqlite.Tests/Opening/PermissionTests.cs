using System.Runtime.Versioning;
using DeployStack.Data.Sqlite.Files;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Tests.Opening;

[UnsupportedOSPlatform("windows")]
public sealed class PermissionTests : IDisposable
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    private readonly DatabaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Folders_file_log_and_shared_memory_are_for_the_owner_alone()
    {
        var path = Path.Combine(_folder.Folder, "a", "b", "app.db");
        await _folder.OpenAsync(options => options.Path = path, async database =>
        {
            await database.ExecuteAsync("CREATE TABLE t (x)");
            Assert.Equal(
                [OwnerFolder, OwnerFolder, OwnerFile, OwnerFile, OwnerFile],
                new[] { Path.Combine(_folder.Folder, "a"), Path.Combine(_folder.Folder, "a", "b"), path, path + "-wal", path + "-shm" }.Select(File.GetUnixFileMode));
        });
        Assert.DoesNotContain(_folder.Logs.GetSnapshot(), static record => record.Id.Id is 2002 or 2003);
    }

    [LinuxFact]
    public async Task The_rollback_journal_is_for_the_owner_alone()
    {
        var mode = UnixFileMode.None;
        await _folder.OpenAsync(options => options.Pragmas.JournalMode = SqliteJournalMode.Delete, async database =>
        {
            await database.ExecuteAsync("CREATE TABLE t (x)");
            await database.WriteAsync(async session =>
            {
                await session.ExecuteAsync("INSERT INTO t VALUES (1)");
                mode = File.GetUnixFileMode(_folder.File + "-journal");
            });
        });
        Assert.Equal(OwnerFile, mode);
    }

    [LinuxFact]
    public async Task A_file_that_others_can_read_is_a_warning_and_stays_as_it_is()
    {
        _folder.WithDatabase();
        var mode = OwnerFile | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        File.SetUnixFileMode(_folder.File, mode);
        await _folder.OpenAsync();
        var warning = Assert.Single(_folder.Logs.GetSnapshot(), static record => record.Id.Id == 2002);
        Assert.Contains("mode 0644", warning.Message, StringComparison.Ordinal);
        Assert.Equal(mode, File.GetUnixFileMode(_folder.File));
    }

    [RootFact]
    public async Task A_file_of_another_user_is_a_warning()
    {
        _folder.WithDatabase();
        Shell.Run("chown", "65534", _folder.File);
        await _folder.OpenAsync();
        var warning = Assert.Single(_folder.Logs.GetSnapshot(), static record => record.Id.Id == 2003);
        Assert.Contains("uid 65534, and this process runs as uid 0", warning.Message, StringComparison.Ordinal);
    }

    [UnprivilegedFact]
    public async Task A_file_that_must_not_be_written_is_refused_with_owner_and_mode()
    {
        _folder.WithDatabase();
        File.SetUnixFileMode(_folder.File, UnixFileMode.UserRead);
        var error = await _folder.FailsAsync();
        Is(error, DatabaseErrorKind.ReadOnly, "may not write the file", $"owner uid {Posix.EffectiveUser}, mode 0400", "open it with ReadOnly");
        await _folder.OpenAsync(options => options.ReadOnly = true, async database => Assert.Equal(1000, await database.ExecuteScalarAsync<long>("SELECT count(*) FROM items")));
    }

    [UnprivilegedFact]
    public async Task A_file_that_must_not_be_read_is_refused_with_owner_and_mode()
    {
        _folder.WithDatabase();
        File.SetUnixFileMode(_folder.File, UnixFileMode.None);
        var error = await Assert.ThrowsAsync<DatabaseException>(() => _folder.OpenAsync(options => options.ReadOnly = true));
        Is(error, DatabaseErrorKind.CannotOpen, "may not read the file", "mode 0000");
        File.SetUnixFileMode(_folder.File, OwnerFile);
    }

    [UnprivilegedFact]
    public async Task A_folder_that_must_not_be_written_is_named_with_owner_and_mode()
    {
        await InLockedFolderAsync(async () =>
        {
            Is(await _folder.FailsAsync(), DatabaseErrorKind.ReadOnly, $"may not write the folder '{_folder.Folder}'", "mode 0500");
            Is(await _folder.FailsAsync(options => options.Path = Path.Combine(_folder.Folder, "new", "x.db")), DatabaseErrorKind.ReadOnly, "cannot be created", "mode 0500");
        });
    }

    [UnprivilegedFact]
    public async Task A_database_with_a_log_in_a_folder_that_must_not_be_written_says_so_even_for_reading()
    {
        _folder.WithDatabase();
        await InLockedFolderAsync(async () =>
        {
            Is(await _folder.FailsAsync(), DatabaseErrorKind.ReadOnly, "mode 0500");
            Is(await _folder.FailsAsync(options => options.ReadOnly = true), DatabaseErrorKind.ReadOnly, "mode 0500");
        });
    }

    [LinuxFact]
    public void An_entry_tells_kind_owner_and_mode()
    {
        _folder.WithDatabase();
        File.SetUnixFileMode(_folder.File, OwnerFile | UnixFileMode.GroupRead);
        var entry = Entry.At(_folder.File);
        Assert.Equal((EntryKind.File, false, (uint?)Posix.EffectiveUser), (entry.Kind, entry.IsLink, entry.Owner));
        Assert.Equal($"owner uid {Posix.EffectiveUser}, mode 0640", entry.Rights);
        Assert.Equal(UnixFileMode.GroupRead, entry.OthersMode);
        Assert.Equal(EntryKind.Directory, Entry.At(_folder.Folder).Kind);
        Assert.Equal(EntryKind.Special, Entry.At("/dev/null").Kind);
        Assert.Equal(EntryKind.Missing, Entry.At(_folder.File + "x").Kind);
    }

    private async Task InLockedFolderAsync(Func<Task> test)
    {
        File.SetUnixFileMode(_folder.Folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await test();
        }
        finally
        {
            File.SetUnixFileMode(_folder.Folder, OwnerFolder);
        }
    }

    private static void Is(DatabaseException error, DatabaseErrorKind kind, params string[] fragments)
    {
        Assert.Equal(kind, error.Kind);
        foreach (var fragment in fragments)
        {
            Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
        }
    }
}
