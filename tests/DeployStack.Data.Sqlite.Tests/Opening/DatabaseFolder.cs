using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Sqlite.Tests.Opening;

/// <summary>A fresh folder with a database file that a test damages while nobody has it open.</summary>
public sealed class DatabaseFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deploystack-open-");

    public string Folder => _folder.FullName;

    public string File => Path.Combine(Folder, "app.db");

    public FakeLogCollector Logs { get; } = new();

    /// <summary>Makes a database of some 30 pages, closed and without a log.</summary>
    public DatabaseFolder WithDatabase(string pragmas = "PRAGMA journal_mode=WAL")
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            {pragmas};
            CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            CREATE INDEX items_name ON items (name);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) INSERT INTO items SELECT i, 'a name of some length, number ' || i FROM n;
            """;
        command.ExecuteNonQuery();
        return this;
    }

    /// <summary>Changes bytes of the file.</summary>
    public DatabaseFolder Patch(int offset, params byte[] bytes)
    {
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Write);
        stream.Position = offset;
        stream.Write(bytes);
        return this;
    }

    /// <summary>Cuts the file.</summary>
    public DatabaseFolder Cut(Func<long, long> length)
    {
        using var stream = new FileStream(File, FileMode.Open, FileAccess.Write);
        stream.SetLength(length(stream.Length));
        return this;
    }

    /// <summary>Opens the database as an application does, and disposes of it again.</summary>
    public async Task OpenAsync(Action<SqliteOptions>? configure = null, Func<IDeployStackDatabase, Task>? use = null)
    {
        var services = new ServiceCollection();
        Logging.Collect(services, Logs);
        services.AddDeployStackSqlite(options =>
        {
            options.Path = File;
            options.Profile = SqliteProfile.Testing;
            configure?.Invoke(options);
        });
        await using var provider = services.BuildServiceProvider();
        var database = provider.GetRequiredService<IDeployStackDatabase>();
        await database.OpenAsync().WaitAsync(TimeSpan.FromSeconds(20));
        if (use is not null)
        {
            await use(database);
        }
    }

    /// <summary>Opening fails, and everything on the disk is afterwards as it was.</summary>
    public async Task<DatabaseException> FailsAsync(Action<SqliteOptions>? configure = null, Func<IDeployStackDatabase, Task>? use = null)
    {
        var before = Content();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => OpenAsync(configure, use));
        Assert.Equal(before, Content());
        return error;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    // Special files and links by name only: reading a FIFO would hang.
    private List<string> Content() => [.. _folder.GetFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(static entry => entry.FullName, StringComparer.Ordinal).Select(static entry
        => entry is FileInfo { LinkTarget: null, Length: > 0 } file
            ? $"{entry.FullName} {entry.UnixFileMode} {file.Length} {Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file.FullName)))}"
            : entry.FullName)];
}
