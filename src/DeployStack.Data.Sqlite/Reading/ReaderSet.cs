using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Waiting;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>Who is idle, who is busy and who waits: the accounts of the readers, under one lock.</summary>
internal sealed class ReaderSet : IDisposable
{
    private readonly int _limit;
    private readonly Lock _gate = new();
    private readonly Stack<Reader> _idle = new();
    private readonly List<Reader> _all = [];
    private readonly AutoResetEvent _returned = new(false);
    private readonly UnitQueue _waiting;
    private int _opened;
    private bool _closed;
    private volatile bool _keepsNoSnapshots;

    /// <param name="limit">How many readers there may be.</param>
    /// <param name="acquireTimeout">How long a unit without a deadline may wait for one.</param>
    /// <param name="time">Drives the expiry.</param>
    /// <param name="expired">Makes the error of a unit that waited too long.</param>
    public ReaderSet(int limit, TimeSpan acquireTimeout, TimeProvider time, Func<UnitOfWork, TimeSpan, Exception> expired)
    {
        _limit = limit;
        _waiting = new(acquireTimeout, time, expired);
    }

    /// <summary>How many readers there are, are open and are busy, and how many units wait.</summary>
    public ReadersStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new(_limit, _opened, _opened - _idle.Count, _waiting.Count);
            }
        }
    }

    /// <summary>Whether the calling thread is running one of the reads.</summary>
    public bool IsCurrent
    {
        get
        {
            lock (_gate)
            {
                return _all.Exists(static reader => reader.Handle.Session.IsCurrent);
            }
        }
    }

    /// <summary>Rents a reader for a unit.</summary>
    /// <param name="unit">It waits, or is refused, where there is none.</param>
    /// <param name="reader"><see langword="null"/> for one that the caller has to open (<see cref="Opened"/>).</param>
    /// <returns>False if the unit is no longer the caller's concern.</returns>
    public bool TryRent(UnitOfWork unit, out Reader? reader)
    {
        reader = null;
        lock (_gate)
        {
            if (!_closed)
            {
                if (_idle.TryPop(out reader))
                {
                    return true;
                }

                if (_opened < _limit)
                {
                    _opened++;
                    return true;
                }

                if (_waiting.TryEnqueue(unit))
                {
                    return false; // whoever gives a reader back takes the unit along
                }
            }
        }

        unit.Fail(new ObjectDisposedException(nameof(IDeployStackDatabase), "The database has been disposed."));
        return false;
    }

    /// <summary>A reader was opened after <see cref="TryRent"/> had asked for it.</summary>
    public void Opened(Reader reader)
    {
        lock (_gate)
        {
            _all.Add(reader);
        }
    }

    /// <summary>A reader could not be opened.</summary>
    /// <returns>The next unit that waits and may try in its place.</returns>
    public UnitOfWork? OpenFailed()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(static (_, _) => true, 0, out var next))
            {
                return next;
            }

            _opened--;
            _returned.Set();
            return null;
        }
    }

    /// <summary>Closes a reader that nobody may use again.</summary>
    /// <inheritdoc cref="OpenFailed"/>
    public UnitOfWork? Discard(Reader reader)
    {
        lock (_gate)
        {
            _all.Remove(reader);
        }

        reader.Dispose();
        return OpenFailed();
    }

    /// <summary>Gives a reader back.</summary>
    /// <param name="reader">The caller's until now.</param>
    /// <param name="next">The next unit that waits, which keeps the reader.</param>
    /// <returns>False if the reader must not be used again: <see cref="Discard"/> it.</returns>
    public bool TryGiveBack(Reader reader, out UnitOfWork? next)
    {
        next = null;
        lock (_gate)
        {
            if (reader.IsBroken)
            {
                return false;
            }

            if (_keepsNoSnapshots)
            {
                reader.EndSnapshot();
            }

            if (_waiting.Count == 0 || !_waiting.TryDequeue(static (_, _) => true, 0, out next))
            {
                _idle.Push(reader);
                if (_closed)
                {
                    _returned.Set();
                }
            }

            return true;
        }
    }

    /// <summary>Closes the idle readers now and the busy ones when they come back: later reads open new ones.</summary>
    public void Retire()
    {
        Reader[] idle;
        lock (_gate)
        {
            _all.ForEach(static reader => reader.IsBroken = true);
            idle = [.. _idle];
            _idle.Clear();
            _opened -= idle.Length;
            _all.RemoveAll(reader => idle.Contains(reader));
        }

        foreach (var reader in idle)
        {
            reader.Dispose();
        }
    }

    /// <summary>While a checkpoint wants to pass, idle readers have no snapshot, nor has one that comes back.</summary>
    public void MakeWay(bool forCheckpoint)
    {
        _keepsNoSnapshots = forCheckpoint; // before the lock below: whoever comes back later sees it
        EndSnapshots(forCheckpoint ? long.MaxValue : long.MinValue);
    }

    /// <summary>Ends the snapshots of idle readers.</summary>
    /// <param name="lastUsedBefore">On <see cref="Environment.TickCount64"/>.</param>
    /// <returns>Whether any may be left.</returns>
    public bool EndSnapshots(long lastUsedBefore)
    {
        // Under the lock nobody can rent: an idle reader stays idle while its snapshot is ended.
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

    /// <summary>Refuses new reads and waits until those that were accepted have given their readers back.</summary>
    /// <param name="patience">How long running reads may take before they are stopped.</param>
    public void Drain(TimeSpan patience)
    {
        lock (_gate)
        {
            _closed = true;
        }

        _waiting.Close();
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!IsDrained())
        {
            if (!_returned.WaitOne(TimeSpan.FromMilliseconds(20)) && System.Diagnostics.Stopwatch.GetElapsedTime(started) >= patience)
            {
                lock (_gate)
                {
                    _all.ForEach(static reader => reader.Handle.Guard.Shutdown());
                }
            }
        }
    }

    /// <summary>Closes every handle; the set is drained.</summary>
    public void Dispose()
    {
        Retire(); // under the lock they leave the set first: the writer still works, and its checkpoints end the snapshots of whoever stands here
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
}
