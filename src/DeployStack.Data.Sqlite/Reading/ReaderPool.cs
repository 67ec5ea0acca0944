using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Writing;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>The bounded set of read-only handles: who waits, who is idle, who runs where.</summary>
internal sealed class ReaderPool : IDisposable
{
    private readonly SqliteSettings _settings;
    private readonly Func<Reader> _open;
    private readonly CallSites _callSites = new();
    private readonly Lock _gate = new();
    private readonly Stack<Reader> _idle = new();
    private readonly List<Reader> _all = [];
    private readonly AutoResetEvent _returned = new(false);
    private readonly SnapshotTimer _snapshots;
    private readonly WriteQueue _waiting;
    private readonly ReaderThreads _threads;
    private readonly ReadExecutor _executor;
    private int _opened;
    private bool _closed;

    public ReaderPool(SqliteSettings settings, TimeProvider time, Func<Reader> open, Action<Reader> restore)
    {
        _settings = settings;
        _open = open;
        _waiting = new(settings.AcquireTimeout, time, Expired);
        _snapshots = new(settings.SnapshotIdle, time, EndSnapshots);
        _executor = new(restore);
        _threads = new($"{settings.Name} reader", settings.Readers, RunOnThread);
    }

    /// <summary>How many readers there are, are open and are busy, and how many units wait.</summary>
    public ReadersStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new(_settings.Readers, _opened, _opened - _idle.Count, _waiting.Count);
            }
        }
    }

    /// <summary>Runs a read here and now if it is known to be short and a handle is free, else on a reader's thread.</summary>
    public void Submit(UnitOfWork unit)
    {
        Reader? reader;
        lock (_gate)
        {
            if (!_idle.TryPop(out reader))
            {
                if (_closed || (_opened == _settings.Readers && !_waiting.TryEnqueue(unit)))
                {
                    unit.Fail(new ObjectDisposedException(nameof(IDeployStackDatabase), "The database has been disposed."));
                    return;
                }

                if (_opened == _settings.Readers)
                {
                    return; // whoever gives a reader back takes the unit along
                }

                _opened++;
            }
        }

        var callSite = _callSites.Get(unit.CallSite);
        if (reader is null || !callSite.IsShort)
        {
            _threads.Run(new(unit, reader, null));
            return;
        }

        var started = Stopwatch.GetTimestamp();
        ReadExecutor.Start(unit, reader, started + CallSites.Budget, out var running, out var error);
        if (running is not null)
        {
            callSite.Overran();
            _threads.Run(new(unit, reader, running));
            return;
        }

        var overran = _executor.End(reader, error is not null);
        GiveBack(reader);
        if (overran)
        {
            callSite.Overran();
            Submit(unit);
            return;
        }

        callSite.Ran(Stopwatch.GetTimestamp() - started);
        unit.End(error);
    }

    /// <summary>Ends the snapshots of readers that nobody is using, so that a checkpoint can pass.</summary>
    public void EndIdleSnapshots() => EndSnapshots(long.MaxValue);

    /// <summary>Refuses new reads, finishes what was accepted, closes every handle and ends every thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
        }

        _waiting.Close();
        var started = Stopwatch.GetTimestamp();
        while (!IsDrained())
        {
            if (!_returned.WaitOne(TimeSpan.FromMilliseconds(20)) && Stopwatch.GetElapsedTime(started) >= _settings.DisposeTimeout)
            {
                lock (_gate)
                {
                    _all.ForEach(static reader => reader.Handle.Guard.Shutdown());
                }
            }
        }

        _threads.Dispose();
        _snapshots.Dispose();
        _all.ForEach(static reader => reader.Dispose());
        _waiting.Dispose();
        _returned.Dispose();
    }

    private bool IsDrained()
    {
        lock (_gate)
        {
            return _waiting.Count == 0 && _idle.Count == _opened;
        }
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
            ReadExecutor.Start(work.Unit, reader, long.MaxValue, out running, out error);
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
            lock (_gate)
            {
                _all.Add(reader);
            }

            return reader;
        }
        catch (Exception exception) // it goes to the caller whose read needed the handle
        {
            lock (_gate)
            {
                if (_waiting.TryDequeue(static (_, _) => true, 0, out var next))
                {
                    _threads.Run(new(next, null, null));
                }
                else
                {
                    _opened--;
                }
            }

            unit.Fail(exception);
            return null;
        }
    }

    private void GiveBack(Reader reader)
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(static (_, _) => true, 0, out var next))
            {
                _threads.Run(new(next, reader, null));
                return;
            }

            _idle.Push(reader);
            if (_closed)
            {
                _returned.Set();
            }
        }

        if (reader.HasSnapshot)
        {
            _snapshots.Wake();
        }
    }

    // Under the lock nobody can rent: an idle reader stays idle while its snapshot is ended.
    private bool EndSnapshots(long lastUsedBefore)
    {
        var kept = false;
        lock (_gate)
        {
            foreach (var reader in _idle)
            {
                if (reader.HasSnapshot && reader.LastUse <= lastUsedBefore)
                {
                    reader.EndSnapshot();
                }

                kept |= reader.HasSnapshot;
            }

            return kept || _idle.Count < _opened;
        }
    }

    private DatabaseException Expired(UnitOfWork unit, TimeSpan waited) => new(
        DatabaseErrorKind.Timeout,
        $"The read waited {waited.TotalSeconds:0.000} s for one of {_settings.Readers} readers of '{_settings.Path}' and was dropped; {_waiting.Count} more were waiting. Shorten the long reads, raise Readers, or the unit's Deadline or AcquireTimeout.")
    {
        Label = unit.Label,
    };
}
