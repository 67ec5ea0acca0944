using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>The readers of a database: short reads run on the caller's own thread, all others on a reader's.</summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly SqliteSettings _settings;
    private readonly Func<Reader> _open;
    private readonly CallSites _callSites = new();
    private readonly ReaderSet _readers;
    private readonly SnapshotTimer _snapshots;
    private readonly ReaderThreads _threads;
    private readonly ReadExecutor _executor;

    public ReaderPool(SqliteSettings settings, TimeProvider time, Func<Reader> open, Action<Reader> restore, Action<Exception> restoreFailed)
    {
        _settings = settings;
        _open = open;
        _readers = new(settings.Readers, settings.AcquireTimeout, time, Expired);
        _snapshots = new(settings.SnapshotIdle, time, _readers.EndSnapshots);
        _executor = new(restore, restoreFailed);
        _threads = new($"{settings.Name} reader", settings.Readers, RunOnThread);
    }

    /// <summary>How many readers there are, are open and are busy, and how many units wait.</summary>
    public ReadersStatus Status => _readers.Status;

    /// <summary>Whether the calling thread is running one of the reads.</summary>
    public bool IsCurrent => _readers.IsCurrent;

    /// <summary>Runs a read here and now if it is known to be short and a handle is free, else on a reader's thread.</summary>
    public void Submit(UnitOfWork unit)
    {
        if (!_readers.TryRent(unit, out var reader))
        {
            return;
        }

        var callSite = _callSites.Get(unit.CallSite);
        if (reader is null || !callSite.IsShort)
        {
            _threads.Run(new(unit, reader, null));
            return;
        }

        var tick = Environment.TickCount64;
        var started = unit.Submitted; // just now: only a read that has proved itself gets here, and it waited for nothing
        ReadExecutor.Start(unit, reader, started, started + CallSites.Budget, out var running, out var error);
        if (running is not null)
        {
            callSite.Awaited();
            _threads.Run(new(unit, reader, running));
            return;
        }

        if (_executor.End(reader, error is not null))
        {
            callSite.Overran();
            RunAgain(unit, reader);
            return;
        }

        callSite.Ran(reader.LastUse == tick ? 0 : Stopwatch.GetTimestamp() - started); // the coarse clock stood still: short
        GiveBack(reader);
        unit.End(error);
    }

    /// <summary>Whether snapshots make way for a checkpoint: while they do, none outlives its unit.</summary>
    public void MakeWay(bool forCheckpoint) => _readers.MakeWay(forCheckpoint);

    /// <summary>Replaces the readers, those that are busy when their units are complete.</summary>
    public void Retire() => _readers.Retire();

    /// <summary>Refuses new reads, finishes what was accepted, closes every handle and ends every thread.</summary>
    public void Dispose()
    {
        _readers.Drain(_settings.DisposeTimeout);
        _threads.Dispose();
        _snapshots.Dispose();
        _readers.Dispose();
    }

    // On a reader's thread, without a budget.
    private void RunAgain(UnitOfWork unit, Reader reader)
    {
        if (!reader.IsBroken)
        {
            _threads.Run(new(unit, reader, null));
            return;
        }

        GiveBack(reader);
        Submit(unit);
    }

    private void RunOnThread(ReadWork work)
    {
        if ((work.Reader ?? TryOpen(work.Unit)) is not { } reader)
        {
            return;
        }

        var callSite = _callSites.Get(work.Unit.CallSite);
        var started = Stopwatch.GetTimestamp();
        Exception? error = null;
        var running = work.Running;
        if (running is null)
        {
            ReadExecutor.Start(work.Unit, reader, started, long.MaxValue, out running, out error);
        }

        if (running is not null)
        {
            error = ReadExecutor.Wait(work.Unit, reader, running);
        }
        else
        {
            callSite.Ran(Stopwatch.GetTimestamp() - started);
        }

        _executor.End(reader, error is not null);
        GiveBack(reader);
        work.Unit.End(error);
    }

    private Reader? TryOpen(UnitOfWork unit)
    {
        try
        {
            var reader = _open();
            _readers.Opened(reader);
            return reader;
        }
        catch (Exception exception) // it goes to the caller whose read needed the handle
        {
            if (_readers.OpenFailed() is { } next)
            {
                _threads.Run(new(next, null, null));
            }

            unit.Fail(exception);
            return null;
        }
    }

    private void GiveBack(Reader reader)
    {
        if (!_readers.TryGiveBack(reader, out var next))
        {
            if (_readers.Discard(reader) is { } heir)
            {
                _threads.Run(new(heir, null, null));
            }
        }
        else if (next is not null)
        {
            _threads.Run(new(next, reader, null));
        }
        else if (reader.HasSnapshot)
        {
            _snapshots.Wake();
        }
    }

    private DatabaseException Expired(UnitOfWork unit, TimeSpan waited)
    {
        var status = _readers.Status;
        return new(
            DatabaseErrorKind.Timeout,
            $"The read waited {waited.TotalSeconds:0.000} s for one of {status.Limit} readers of '{_settings.Path}' and was dropped; {status.QueueLength} more were waiting. Shorten the long reads, raise Readers, or the unit's Deadline or AcquireTimeout.")
        {
            Label = unit.Label,
        };
    }
}
