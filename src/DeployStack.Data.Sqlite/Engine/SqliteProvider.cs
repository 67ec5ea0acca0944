using System.Diagnostics.Metrics;
using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Copying;
using DeployStack.Data.Sqlite.Diagnostics;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Reading;
using DeployStack.Data.Sqlite.Writing;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Engine;

/// <summary>SQLite behind the provider seam: one writer, bounded readers, opened at first use.</summary>
internal sealed class SqliteProvider : DatabaseProvider, ISqliteEngine
{
    private readonly SqliteSettings _settings;
    private readonly ConnectionFactory _factory;
    private readonly Writer _writer;
    private readonly ReaderPool _readers;
    private readonly EngineMeter _meter;
    private readonly Copies _copies;
    private readonly Action? _onClosed;
    private readonly Lock _closing = new();
    private volatile bool _opened;
    private Task? _closed;

    /// <param name="settings">What it works from.</param>
    /// <param name="factory">Opens its connections.</param>
    /// <param name="logger">Where log events go.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="meters">Makes its meter; <see langword="null"/> for one of its own.</param>
    /// <param name="onClosed">Called once, after everything is closed: a copy deletes its file.</param>
    public SqliteProvider(SqliteSettings settings, ConnectionFactory factory, ILogger logger, TimeProvider time, IMeterFactory? meters, Action? onClosed = null)
    {
        _settings = settings;
        _factory = factory;
        _readers = new(
            settings,
            time,
            OpenReader,
            reader => factory.Restore(reader.Handle.Connection, ConnectionRole.Reader),
            exception => SqliteLog.RestoreFailed(logger, "sqlite_read", exception));
        _writer = new(settings, factory, logger, time, _readers.MakeWay);
        _meter = new(meters, settings.Name, _writer, _readers);
        _copies = new(settings, factory, logger, time, _writer, (copy, closed) => new SqliteProvider(copy, new(copy, logger), logger, time, meters: null, closed));
        _onClosed = onClosed;
        Capabilities = new()
        {
            SystemName = "sqlite",
            InteractiveTransactions = true,
            SnapshotReads = true,
            MaxParameters = 32_766, // SQLITE_MAX_VARIABLE_NUMBER of the bundled build
            ForeignKeysOff = true,
            SecureDelete = true,
            Connections = true,
            Savepoints = true,
            SqliteSchema = true,
            Principals = true,
            ConsistentCopy = true,
            EmptyDatabases = true,
        };
    }

    public override DatabaseCapabilities Capabilities { get; }

    public override string DatabaseNamespace => _settings.Name;

    public string Path => _settings.Path;

    public string SqliteVersion => SQLitePCL.raw.sqlite3_libversion().utf8_to_string();

    public DatabaseException? WritesStopped => _writer.Stopped;

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!_opened)
        {
            await MaintainAsync(static _ => true, cancellationToken).ConfigureAwait(false);
            _opened = true;
        }
    }

    public override void Submit(UnitOfWork unit)
    {
        if (unit.IsWrite || _settings.IsMemory)
        {
            if (unit.IsWrite && _settings.ReadOnly)
            {
                unit.Fail(new DatabaseException(DatabaseErrorKind.ReadOnly, $"The database '{_settings.Path}' was opened with ReadOnly; nothing was written. Open it without ReadOnly to write.") { Label = unit.Label });
                return;
            }

            _writer.Submit(unit);
        }
        else if (_opened)
        {
            _readers.Submit(unit);
        }
        else
        {
            _ = SubmitAfterOpenAsync(unit);
        }
    }

    public override Task<BatchResult> ExecuteBatchAsync(Batch batch, CancellationToken cancellationToken)
    {
        Submit(batch.ToUnit(cancellationToken, out var result));
        return result;
    }

    public override async Task<DatabaseProvider> CreateCopyAsync(DatabaseCopyOptions options, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        return _settings.IsMemory
            ? await _copies.OpenMemoryAsync(await MaintainAsync(handle => _copies.CopyMemory(handle, options, cancellationToken), cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : await _copies.CreateFileAsync(options, cancellationToken).ConfigureAwait(false);
    }

    public override Task<DatabaseProvider> CreateEmptyAsync(CancellationToken cancellationToken) => _copies.CreateEmptyAsync(cancellationToken);

    public override async Task<StorageUse?> GetStorageAsync(CancellationToken cancellationToken)
        => await MaintainAsync(handle => DatabaseSizes.ReadStorage(handle, _writer.HighestLog), cancellationToken).ConfigureAwait(false);

    public override Task<ChangeCounter?> GetChangeCounterAsync(CancellationToken cancellationToken) => MaintainAsync<ChangeCounter?>(
        handle =>
        {
            _writer.Commits.Attach(handle.Wal);
            return _writer.Commits;
        },
        cancellationToken);

    public WriterStatus GetWriterStatus() => _writer.Ledger.Read(_writer.Queue.Count);

    public ReadersStatus GetReadersStatus() => _readers.Status;

    public async Task<IReadOnlyList<EffectiveSetting>> GetEffectiveSettingsAsync(CancellationToken cancellationToken = default)
        => await MaintainAsync(_ => _factory.GetEffectiveSettings(), cancellationToken).ConfigureAwait(false);

    public Task<SqliteStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default)
        => MaintainAsync(handle => DatabaseSizes.Read(handle, _settings), cancellationToken);

    public Task<CheckpointResult> CheckpointAsync(bool truncate = true, CancellationToken cancellationToken = default)
        => MaintainAsync(_ => _writer.Checkpoint(truncate), cancellationToken);

    public async Task VacuumAsync(CancellationToken cancellationToken = default)
        => await MaintainAsync(_ => _writer.Vacuum(), cancellationToken).ConfigureAwait(false);

    public async Task ReopenAsync(CancellationToken cancellationToken = default)
        => await MaintainAsync(
            _ =>
            {
                _readers.Retire(); // the file that stands at the path now need not be the one that they have open
                _writer.Reopen();
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>The content as the bytes of a database file, in the writer's turn.</summary>
    public Task<byte[]> SerializeAsync(CancellationToken cancellationToken = default)
        => MaintainAsync(static handle => MemoryImage.Read(handle.Connection), cancellationToken);

    public override async ValueTask DisposeAsync() => await CloseAsync(waitsOnThread: !_settings.IsMemory).ConfigureAwait(false);

    public override void Dispose() => CloseAsync(waitsOnThread: true).GetAwaiter().GetResult();

    private Task CloseAsync(bool waitsOnThread)
    {
        if (_writer.IsCurrent || _readers.IsCurrent)
        {
            throw new DatabaseException(DatabaseErrorKind.SessionMisuse, "The database was disposed from inside one of its own units of work, which would wait for itself. Dispose it outside.");
        }

        lock (_closing)
        {
            return _closed ??= waitsOnThread ? CloseOnThreadAsync() : CloseInMemoryAsync();
        }
    }

    // On a thread of its own, because it waits, and the thread pool may be full of those who wait for it.
    private Task CloseOnThreadAsync() => Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // There are no readers, and the writer ends by itself when its queue is empty: the caller waits for it without a thread,
    // which would be half the cost of a database that lives as long as one test.
    private async Task CloseInMemoryAsync()
    {
        _writer.Queue.Close();
        try
        {
            await _writer.Ended.WaitAsync(_settings.DisposeTimeout).ConfigureAwait(false);
        }
        catch (TimeoutException) // what still runs has to be stopped
        {
            await CloseOnThreadAsync().ConfigureAwait(false);
            return;
        }

        Close();
    }

    // Readers first, the writer last: it takes the log and the shared memory with it.
    private void Close()
    {
        _copies.Dispose();
        _readers.Dispose();
        _writer.Dispose();
        _meter.Dispose();
        _onClosed?.Invoke();
    }

    private async Task SubmitAfterOpenAsync(UnitOfWork unit)
    {
        try
        {
            await OpenAsync(unit.CancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) // it goes to the unit's caller
        {
            unit.Fail(exception);
            return;
        }

        _readers.Submit(unit);
    }

    private Reader OpenReader()
    {
        if (_writer.Stopped is { Kind: DatabaseErrorKind.Moved } moved)
        {
            throw new DatabaseException(moved.Kind, moved.Message, moved); // a new reader would read another file than those that are open
        }

        var connection = _factory.Open(ConnectionRole.Reader);
        return new(new SqliteHandle(connection, ConnectionRole.Reader, _settings), _settings);
    }

    private Task<T> MaintainAsync<T>(Func<SqliteHandle, T> work, CancellationToken cancellationToken)
    {
        var unit = new MaintenanceUnit<T>(work, cancellationToken);
        _writer.Submit(unit);
        return unit.Task;
    }
}
