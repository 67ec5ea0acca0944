using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;
using DeployStack.Data.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>A database with settings whose every utterance and every file goes into a haystack.</summary>
internal sealed class Hunt : IAsyncDisposable
{
    private readonly Ears _ears;
    private readonly FaultSite _site;
    private readonly string _keyFile;
    private readonly string _path;
    private ServiceProvider _services = null!;
    private int _copies;

    public Hunt(ScenarioFolder folder, Haystack haystack)
    {
        _path = folder.Database();
        _keyFile = Path.Combine(folder.Path, "keys");
        _ears = new(haystack);
        _site = FaultSite.At(_path);
        Haystack = haystack;
        SettingKeyFile.Create(_keyFile);
    }

    public Haystack Haystack { get; }

    public string FileName => _path;

    public ISqliteEngine Engine => _services.GetRequiredService<ISqliteEngine>();

    public IDeployStackDatabase Database => _services.GetRequiredService<IDeployStackDatabase>();

    public ISettingsStore Store => _services.GetRequiredService<ISettingsStore>();

    public ISettingSecrets Secrets => _services.GetRequiredService<ISettingSecrets>();

    /// <summary>Opens the database as a process of its own would.</summary>
    public async Task OpenAsync(Action<SettingsBuilder> declare, bool withKeys = true)
    {
        var services = new ServiceCollection().AddSingleton(_ears.Logging);
        services.AddDeployStackSqlite(options =>
            {
                options.Path = _path;
                options.OnQuery = _ears.OnQuery;
                options.SlowQueryThreshold = TimeSpan.Zero;
                options.BusyTimeout = TimeSpan.FromMilliseconds(50);
            })
            .AddSettings(declare)
            .AddSettingSecrets(options => (options.KeyFile, options.UseEnvironment) = (withKeys ? _keyFile : null, false));
        _services = services.BuildServiceProvider();
        await Store.InitializeAsync();
    }

    public string AddKey() => SettingKeyFile.AddKey(_keyFile);

    public async Task CloseAsync() => await _services.DisposeAsync();

    /// <summary>Does what must fail, and keeps how it failed.</summary>
    public async Task FailAsync(string what, DatabaseErrorKind kind, Func<Task> action)
    {
        var exception = await Assert.ThrowsAnyAsync<DatabaseException>(action);
        Assert.True(exception.Kind == kind, $"{what}: {exception.Kind} {exception.Message}");
        Haystack.Add($"exception: {what}", exception);
    }

    /// <summary>Does what must fail while the disk is full.</summary>
    public async Task FailOnFullDiskAsync(Func<Task> action)
    {
        _site.Arm(new(FileCalls.Write, FaultCodes.DiskFull) { Persistent = true });
        await FailAsync("disk full", DatabaseErrorKind.DiskFull, action);
        _site.Disarm();
    }

    /// <summary>Does what must fail while another program holds the write lock.</summary>
    public async Task FailOnLockAsync(Func<Task> action)
    {
        using var raw = new RawDatabase(_path);
        raw.Execute("BEGIN IMMEDIATE");
        await FailAsync("busy", DatabaseErrorKind.Busy, action);
        raw.Execute("ROLLBACK");
    }

    /// <summary>Copies the files of the live database, and makes backups of both kinds.</summary>
    public async Task CollectFilesAsync(string when, Haystack? haystack = null)
    {
        haystack ??= Haystack;
        foreach (var suffix in new[] { string.Empty, "-wal", "-shm" })
        {
            if (File.Exists(_path + suffix))
            {
                var copy = $"{_path}.copy{++_copies}";
                using var process = HostProcess.Start("copy", _path + suffix, copy);
                await process.ReadToEndAsync();
                haystack.Add($"file{suffix} {when}", await File.ReadAllBytesAsync(copy));
            }
        }

        var (backup, vacuumed) = ($"{_path}.backup{++_copies}", $"{_path}.vacuumed{_copies}");
        using (var source = new SqliteConnection($"Data Source={_path};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={backup};Pooling=False"))
        {
            source.Open();
            source.BackupDatabase(target);
        }

        using (var raw = new RawDatabase(_path))
        {
            raw.Execute($"VACUUM INTO '{vacuumed}'");
        }

        haystack.Add($"backup {when}", await File.ReadAllBytesAsync(backup));
        haystack.Add($"VACUUM INTO {when}", await File.ReadAllBytesAsync(vacuumed));
    }

    public void CollectTold() => _ears.Collect();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _site.Dispose();
        _ears.Dispose();
    }
}
