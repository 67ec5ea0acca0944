using System.Diagnostics;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Decides, from inside SQLite's progress handler, whether the running unit of work has to stop.</summary>
/// <remarks>The handler runs on the thread that executes the statement and looks only at the unit that runs there, so a
/// late token can never hit a neighbour, which <c>sqlite3_interrupt</c> from another thread could.</remarks>
internal sealed class RunGuard
{
    private static readonly long _writeGrace = Stopwatch.Frequency / 200; // 5 ms: a shorter write finishes

    private CancellationToken _token;
    private long _deadline = long.MaxValue;
    private long _budget = long.MaxValue;
    private long _cancellableFrom;
    private bool _isFirst;
    private volatile bool _shutdown;

    public StopReason Reason { get; private set; }

    public CancellationToken Token => _token;

    /// <summary>While set, only this moment ends a statement, in stopwatch ticks: the engine works for itself.</summary>
    public long? OnlyUntil { get; set; }

    /// <summary>Starts to watch over a unit.</summary>
    /// <param name="unit">What runs now.</param>
    /// <param name="budget">When the unit must leave the caller's thread, in stopwatch ticks.</param>
    public void Begin(UnitOfWork unit, long budget = long.MaxValue)
    {
        Reason = StopReason.None;
        _token = unit.CancellationToken;
        _deadline = unit.DeadlineTimestamp;
        _budget = budget;
        _isFirst = true;
        _cancellableFrom = unit.IsWrite && _token.CanBeCanceled ? Stopwatch.GetTimestamp() + _writeGrace : 0;
    }

    public void End()
    {
        _token = default;
        _deadline = _budget = long.MaxValue;
    }

    /// <summary>The unit has left the caller's thread.</summary>
    public void LiftBudget() => _budget = long.MaxValue;

    /// <summary>Ends every running and later statement of the handle; used at disposal.</summary>
    public void Shutdown() => _shutdown = true;

    public bool IsShutdown => _shutdown;

    /// <summary>Asked before each statement: the first of a unit cannot be over its budget already.</summary>
    public bool ShouldStopBefore()
    {
        if (_isFirst && _deadline == long.MaxValue && OnlyUntil is null && !_shutdown && !_token.IsCancellationRequested)
        {
            _isFirst = false;
            return false;
        }

        return ShouldStop();
    }

    public bool ShouldStop()
    {
        if (OnlyUntil is { } until)
        {
            return Stopwatch.GetTimestamp() >= until;
        }

        if (_shutdown)
        {
            return Stop(StopReason.Shutdown);
        }

        var cancelled = _token.IsCancellationRequested;
        if (!cancelled && _deadline == long.MaxValue && _budget == long.MaxValue)
        {
            return false;
        }

        var now = Stopwatch.GetTimestamp();
        if (cancelled && now >= _cancellableFrom)
        {
            return Stop(StopReason.Cancelled);
        }

        if (now >= _deadline)
        {
            return Stop(StopReason.Deadline);
        }

        return now >= _budget && Stop(StopReason.Budget);
    }

    private bool Stop(StopReason reason)
    {
        Reason = reason;
        return true;
    }
}
