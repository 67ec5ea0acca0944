using System.Diagnostics;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Waiting;

/// <summary>The units that wait for the writer, or for a reader, first come, first served.</summary>
/// <remarks>A unit leaves the queue under its lock, either to be run or by its token or deadline, never both ways.</remarks>
internal sealed class UnitQueue : IDisposable
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly Deque _units = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly ITimer _expiry;
    private readonly long _acquireTimeout;
    private readonly Func<UnitOfWork, TimeSpan, Exception> _expired;
    private int _fullUnits;
    private bool _expiryRuns;
    private bool _writerSleeps;
    private bool _closed;

    /// <param name="acquireTimeout">How long a unit without a deadline may wait.</param>
    /// <param name="time">Drives the expiry.</param>
    /// <param name="expired">Makes the error of a unit that waited too long.</param>
    public UnitQueue(TimeSpan acquireTimeout, TimeProvider time, Func<UnitOfWork, TimeSpan, Exception> expired)
    {
        _acquireTimeout = (long)(acquireTimeout.TotalSeconds * Stopwatch.Frequency);
        _expired = expired;
        _expiry = time.CreateTimer(static queue => ((UnitQueue)queue!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How many units wait.</summary>
    public int Count => Volatile.Read(ref _units.CountField);

    /// <summary>Whether a waiting unit asks for full durability.</summary>
    public bool WantsFull => Volatile.Read(ref _fullUnits) > 0;

    /// <summary>Adds a unit.</summary>
    /// <returns>False if the queue is closed.</returns>
    public bool TryEnqueue(UnitOfWork unit)
    {
        // Registered before the unit can be seen: the writer must find the registration when it takes the unit.
        var queued = unit.CancellationToken.CanBeCanceled ? QueuedToken.Register(this, unit) : null;
        bool wake;
        lock (_gate)
        {
            if (_closed)
            {
                queued?.Dispose();
                return false;
            }

            _units.AddLast(unit);
            CountFull(unit, 1);
            wake = _writerSleeps;
            _writerSleeps = false;
            if (!_expiryRuns)
            {
                _expiryRuns = true;
                _expiry.Change(_tick, _tick);
            }
        }

        if (wake)
        {
            _arrived.Release();
        }

        if (queued is not null && unit.CancellationToken.IsCancellationRequested)
        {
            queued.Cancel(); // the token may have fired before the unit was in the queue
        }

        return true;
    }

    /// <summary>Waits for a unit.</summary>
    /// <param name="idle">How long at most.</param>
    /// <returns>False if none came; look at <see cref="IsFinished"/>.</returns>
    public bool WaitForUnit(TimeSpan idle)
    {
        var spinner = default(SpinWait);
        while (!spinner.NextSpinWillYield)
        {
            if (Volatile.Read(ref _units.CountField) > 0)
            {
                return true;
            }

            spinner.SpinOnce(sleep1Threshold: -1);
        }

        lock (_gate)
        {
            if (_units.Count > 0)
            {
                return true;
            }

            if (_closed)
            {
                return false;
            }

            _writerSleeps = true;
        }

        if (_arrived.Wait(idle))
        {
            return Count > 0;
        }

        lock (_gate)
        {
            _writerSleeps = false;
            return _units.Count > 0;
        }
    }

    /// <summary>Whether the queue is closed and empty.</summary>
    public bool IsFinished
    {
        get
        {
            lock (_gate)
            {
                return _closed && _units.Count == 0;
            }
        }
    }

    /// <summary>Takes the first unit if it satisfies <paramref name="accept"/>.</summary>
    public bool TryDequeue<TState>(Func<UnitOfWork, TState, bool> accept, TState state, out UnitOfWork unit)
    {
        lock (_gate)
        {
            if (!_units.TryPeekFirst(out unit!) || !accept(unit, state))
            {
                return false;
            }

            _units.RemoveFirst();
            CountFull(unit, -1);
        }

        (unit.ProviderState as QueuedToken)?.Dispose();
        return true;
    }

    /// <summary>Looks at the first unit without taking it.</summary>
    public bool TryPeek(out UnitOfWork unit)
    {
        lock (_gate)
        {
            return _units.TryPeekFirst(out unit!);
        }
    }

    /// <summary>Takes <paramref name="unit"/> out if it still waits.</summary>
    public bool TryRemove(UnitOfWork unit)
    {
        lock (_gate)
        {
            if (!_units.Remove(unit))
            {
                return false;
            }

            CountFull(unit, -1);
            return true;
        }
    }

    /// <summary>Fails every waiting unit for which <paramref name="select"/> gives an error.</summary>
    public void FailWhere(Func<UnitOfWork, Exception?> select)
    {
        List<(UnitOfWork Unit, Exception Error)> failed = [];
        lock (_gate)
        {
            foreach (var unit in _units.ToArray())
            {
                if (select(unit) is { } error)
                {
                    _units.Remove(unit);
                    CountFull(unit, -1);
                    failed.Add((unit, error));
                }
            }
        }

        foreach (var (unit, error) in failed)
        {
            (unit.ProviderState as QueuedToken)?.Dispose();
            unit.Fail(error);
        }
    }

    /// <summary>Refuses later units; those that wait are still served.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _writerSleeps = false;
        }

        _arrived.Release();
    }

    public void Dispose()
    {
        _expiry.Dispose();
        _arrived.Dispose();
    }

    private void Expire()
    {
        var now = Stopwatch.GetTimestamp();
        FailWhere(unit =>
        {
            var limit = unit.DeadlineTimestamp == long.MaxValue ? unit.Submitted + _acquireTimeout : unit.DeadlineTimestamp;
            return now >= limit ? _expired(unit, Stopwatch.GetElapsedTime(unit.Submitted, now)) : null;
        });
        lock (_gate)
        {
            if (_units.Count == 0)
            {
                _expiryRuns = false;
                _expiry.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void CountFull(UnitOfWork unit, int change)
    {
        if (unit.Durability == Durability.Full)
        {
            Volatile.Write(ref _fullUnits, _fullUnits + change); // only ever changed under the lock
        }
    }
}
