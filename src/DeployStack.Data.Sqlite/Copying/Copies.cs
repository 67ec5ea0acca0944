using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Diagnostics;
using DeployStack.Data.Sqlite.Errors;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Writing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Copying;

/// <summary>Makes the databases that stand beside a live one: copies and empty ones.</summary>
/// <remarks>Thread-safe. The live database is closed only after every copying has ended.</remarks>
/// <param name="settings">Of the live database.</param>
/// <param name="factory">Opens its connections.</param>
/// <param name="logger">Where log events go.</param>
/// <param name="time">Its clock.</param>
/// <param name="writer">The writer of the live database.</param>
/// <param name="create">Makes a provider of settings; the second argument is called when it is closed.</param>
internal sealed class Copies(
    SqliteSettings settings, ConnectionFactory factory, ILogger logger, TimeProvider time, Writer writer, Func<SqliteSettings, Action?, DatabaseProvider> create) : IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Copies a file, on a thread of its own, from a snapshot that its writer goes on beside.</summary>
    public async Task<DatabaseProvider> CreateFileAsync(DatabaseCopyOptions options, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        var path = await RunAsync(() => CopyFileNow(options, stop.Token), cancellationToken).ConfigureAwait(false);
        return await OpenAsync(CopySettings.OfCopy(settings, path), () => CopyFile.Delete(path), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Copies a database in memory; on the writer's thread, as maintenance, because there is no other connection.</summary>
    /// <returns>A connection to give to <see cref="OpenMemoryAsync"/>.</returns>
    public SqliteConnection CopyMemory(SqliteHandle handle, DatabaseCopyOptions options, CancellationToken cancellationToken)
    {
        var copy = OpenRaw(new() { DataSource = SqliteSettings.InMemory, Pooling = false });
        try
        {
            PinnedBackup.Run(handle.Connection, copy, new() { Path = settings.Path, IsWrite = true }, options.Progress, cancellationToken);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database in memory with the content of a connection, which it disposes.</summary>
    public async Task<DatabaseProvider> OpenMemoryAsync(SqliteConnection content, CancellationToken cancellationToken)
    {
        using (content)
        {
            var own = settings.OnConnectionOpened;
            return await OpenAsync(
                CopySettings.OfMemory(settings) with
                {
                    OnConnectionOpened = connection =>
                    {
                        PinnedBackup.Run(content, connection, new() { Path = settings.Path, IsWrite = true }, null, CancellationToken.None);
                        own?.Invoke(connection);
                    },
                },
                null,
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens an empty database in memory with the same settings.</summary>
    public Task<DatabaseProvider> CreateEmptyAsync(CancellationToken cancellationToken)
        => OpenAsync(CopySettings.OfMemory(settings), null, cancellationToken);

    /// <summary>Stops the copying that is under way and waits for its end.</summary>
    public void Dispose()
    {
        Task[] running;
        lock (_gate)
        {
            _closing.Cancel();
            running = [.. _running];
        }

        Task.WhenAll(running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).GetAwaiter().GetResult(); // its errors belong to its callers
        _closing.Dispose();
    }

    // A thread of its own: it is busy for as long as the disk is.
    private async Task<string> RunAsync(Func<string> work, CancellationToken cancellationToken)
    {
        Task<string> task;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, typeof(IDeployStackDatabase));
            task = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _running.Add(task);
        }

        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested) // the database ended it, not the caller
        {
            throw new ObjectDisposedException(nameof(IDeployStackDatabase), "The database was disposed while a copy of it was taken; nothing is left of the copy.");
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(task);
            }
        }
    }

    private string CopyFileNow(DatabaseCopyOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (CopyFile.DeleteLeftOvers(settings.Path, options.Directory, time.GetUtcNow()) is > 0 and var left)
        {
            SqliteLog.CopiesLeftOver(logger, "sqlite_copy", left, settings.Path);
        }

        using var source = factory.Open(ConnectionRole.Reader);
        using var pin = writer.LongReads.Begin();
        Native.Execute(source, "BEGIN");
        var needed = Native.ReadNumber(source, "PRAGMA page_count") * Native.ReadNumber(source, "PRAGMA page_size"); // it reads, which makes the snapshot
        DiskSpace.Demand(settings.Path, CopyFile.FolderOf(settings.Path, options.Directory), needed);
        var path = CopyFile.Create(settings.Path, options.Directory);
        try
        {
            using var destination = OpenRaw(new() { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false });

            // a copy that is not finished is deleted: nothing of it has to survive
            Native.Execute(destination, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2000");
            PinnedBackup.Run(source, destination, new() { Path = path, IsWrite = true }, options.Progress, cancellationToken);
            Native.Execute(source, "ROLLBACK");
            return path;
        }
        catch
        {
            CopyFile.Delete(path);
            throw;
        }
    }

    private async Task<DatabaseProvider> OpenAsync(SqliteSettings copy, Action? closed, CancellationToken cancellationToken)
    {
        var provider = create(copy, closed);
        try
        {
            await provider.OpenAsync(cancellationToken).ConfigureAwait(false);
            return provider;
        }
        catch
        {
            await provider.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // without the settings of the engine: a hardened handle refuses to be the destination of a backup
    private static SqliteConnection OpenRaw(SqliteConnectionStringBuilder text)
    {
        var connection = new SqliteConnection(text.ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteErrors.From(exception, new() { Path = text.DataSource, IsWrite = true });
        }
    }
}
