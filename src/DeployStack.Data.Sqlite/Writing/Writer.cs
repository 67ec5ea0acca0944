using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Diagnostics;
using DeployStack.Data.Sqlite.Waiting;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>The one writer of a database: a thread, a handle and a queue. In memory it serves the reads as well.</summary>
internal sealed class Writer : IDisposable
{
    private readonly SqliteSettings _settings;
    private readonly ConnectionFactory _factory;
    private readonly ILogger _logger;
    private readonly Action<bool> _makeWay;
    private readonly AwaitingUnits _awaiting;
    private readonly Thread _thread;
    private readonly Lock _starting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterCore? _core;
    private bool _started;

    public Writer(SqliteSettings settings, ConnectionFactory factory, ILogger logger, TimeProvider time, Action<bool> makeWay)
    {
        _settings = settings;
        _factory = factory;
        _logger = logger;
        _makeWay = makeWay;
        Commits = new(settings.IsMemory);
        _awaiting = new(unit => SqliteLog.UnitAwaits(logger, "sqlite_write", unit.Label ?? "(no label)"));
        Queue = new(settings.AcquireTimeout, time, Expired);
        _thread = new(Loop) { IsBackground = true, Name = $"{settings.Name} writer" };
    }

    public UnitQueue Queue { get; }

    public WriterLedger Ledger { get; } = new();

    public LongReads LongReads { get; } = new();

    /// <summary>Tells whether anything was committed.</summary>
    public CommitCounter Commits { get; }

    /// <summary>The most pages that the log had since it was opened; on the writer's thread.</summary>
    public long HighestLog => _core?.HighestLog ?? 0;

    /// <summary>Why writes are stopped, or <see langword="null"/>.</summary>
    public DatabaseException? Stopped { get; private set; }

    /// <summary>Told how many units shared each commit, on the writer's thread.</summary>
    public Action<int>? GroupCommitted { get; set; }

    /// <summary>Whether the calling thread is the writer's own.</summary>
    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Completes when the queue is closed and empty and the handle is closed.</summary>
    public Task Ended => _thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted) ? Task.CompletedTask : _ended.Task;

    /// <summary>Queues a unit.</summary>
    public void Submit(UnitOfWork unit)
    {
        if (Stopped is { } stopped && unit is not MaintenanceUnit && unit.IsWrite)
        {
            unit.Fail(WriterErrors.Refusal(stopped, unit));
            return;
        }

        if (!_started)
        {
            Start();
        }

        if (!Queue.TryEnqueue(unit))
        {
            unit.Fail(new ObjectDisposedException(nameof(IDeployStackDatabase), "The database has been disposed."));
        }
    }

    /// <summary>Refuses new units, finishes those that wait, closes the handle and ends the thread.</summary>
    public void Dispose()
    {
        Queue.Close();
        if (_started)
        {
            if (!_thread.Join(_settings.DisposeTimeout))
            {
                // What runs is stopped, what waits is refused: behind a lock of another process it would wait for BusyTimeout.
                _core?.Handle.Guard.Shutdown();
                Queue.FailWhere(static _ => UnitRunner.Disposed());
                _thread.Join();
            }
        }

        Queue.Dispose();
    }

    private void Start()
    {
        lock (_starting)
        {
            if (!_started)
            {
                _thread.UnsafeStart(); // the context of whoever comes first must not become that of all
                _started = true;
            }
        }
    }

    private void Loop()
    {
        while (!Queue.IsFinished)
        {
            if (!Queue.WaitForUnit(_settings.WalTruncateIdle))
            {
                _core?.WhenIdle();
                StopIfFailed();
                continue;
            }

            if (TryOpen() is not { } core)
            {
                continue;
            }

            try
            {
                core.Serve();
                StopIfFailed();
            }
            catch (Exception exception) // a fault of the engine must not end the process, nor leave a caller waiting
            {
                SqliteLog.WriterFault(_logger, "sqlite_write", exception);
                core.Abort(exception);
                if (!_settings.IsMemory)
                {
                    Close(); // whatever state the handle is in, the next unit gets a fresh one; in memory it is the database
                }
            }
        }

        Close();
        Commits.Close();
        _ended.SetResult();
    }

    private void StopIfFailed()
    {
        if (_core?.Failure is not null)
        {
            Stop(_core.Failure);
        }
    }

    // Apart from its caller, which would pay for the closure after each group.
    private void Stop(DatabaseException failure)
    {
        if (Stopped is null)
        {
            SqliteLog.WritesStopped(_logger, "sqlite_write", failure.Kind, failure);
        }

        Stopped = failure;
        Queue.FailWhere(unit => unit is MaintenanceUnit ? null : WriterErrors.Refusal(failure, unit));
    }

    private WriterCore? TryOpen()
    {
        if (_core is not null)
        {
            return _core;
        }

        try
        {
            var role = _settings.IsMemory ? ConnectionRole.Memory : _settings.ReadOnly ? ConnectionRole.Reader : ConnectionRole.Writer;
            var handle = new Handles.SqliteHandle(_factory.Open(role), role, _settings);
            if (Commits.IsWanted)
            {
                Commits.Attach(handle.Wal);
            }

            return _core = new(handle, _settings, this, _awaiting, _factory, _makeWay);
        }
        catch (Exception exception) // every waiting caller gets it; the next unit tries again
        {
            Queue.FailWhere(_ => exception);
            return null;
        }
    }

    /// <summary>Runs a checkpoint; on the writer's thread, as maintenance.</summary>
    public CheckpointResult Checkpoint(bool truncate) => _core!.Checkpoint(truncate);

    /// <summary>Writes the database anew and empties the log; on the writer's thread, as maintenance.</summary>
    public CheckpointResult Vacuum()
    {
        _factory.Vacuum(_core!.Handle.Connection);
        return Checkpoint(truncate: true);
    }

    /// <summary>Closes the handle, opens it again and checks the database; writes go on if it is sound.</summary>
    /// <remarks>Runs on the writer's thread, as maintenance.</remarks>
    public void Reopen()
    {
        if (!_settings.IsMemory)
        {
            Close(); // in memory the handle is the database
        }

        var core = TryOpen() ?? throw new DatabaseException(DatabaseErrorKind.CannotOpen, $"The database '{_settings.Path}' could not be reopened.");
        core.QuickCheck();
        Stopped = null;
    }

    /// <summary>Fails the units that have waited long enough for another process's lock.</summary>
    /// <returns>True if nobody is left to wait for.</returns>
    public bool GiveUpBegin(TimeSpan waited)
    {
        Queue.FailWhere(unit =>
        {
            var wait = TimeSpan.FromTicks(Math.Min(waited.Ticks, Stopwatch.GetElapsedTime(unit.Submitted).Ticks));
            return wait < _settings.BusyTimeout ? null : UnitRunner.ForeignLock(_settings, unit, waited);
        });
        return Queue.Count == 0;
    }

    /// <summary>Logs what must not stay silent of a checkpoint.</summary>
    public void Checkpointed(CheckpointResult result)
    {
        if (result.Error is { } error)
        {
            SqliteLog.CheckpointFailed(_logger, "sqlite_checkpoint", error.Kind, error);
        }
    }

    private void Close()
    {
        Commits.Detach();
        var core = _core;
        _core = null;
        core?.Dispose();
    }

    private DatabaseException Expired(UnitOfWork unit, TimeSpan waited) => WriterErrors.Expired(unit, waited, _settings.Path, Ledger, Queue.Count);
}
