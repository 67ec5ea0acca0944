namespace DeployStack.Data.Sqlite.Reading;

/// <summary>Ends the snapshots of readers that were not used for a while; runs only while there is one.</summary>
/// <remarks>A kept snapshot saves the next read its locks, but holds the log back, so it must not outlive its use.</remarks>
internal sealed class SnapshotTimer : IDisposable
{
    private readonly TimeSpan _idle;
    private readonly Func<long, bool> _endSnapshots;
    private readonly ITimer _timer;
    private int _runs;

    /// <param name="idle">How long a snapshot may be unused; zero keeps none.</param>
    /// <param name="time">Drives the timer.</param>
    /// <param name="endSnapshots">Ends those last used before the given <see cref="Environment.TickCount64"/>; says whether any may be left.</param>
    public SnapshotTimer(TimeSpan idle, TimeProvider time, Func<long, bool> endSnapshots)
    {
        _idle = idle;
        _endSnapshots = endSnapshots;
        _timer = time.CreateTimer(static timer => ((SnapshotTimer)timer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts the timer if it stands still.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _runs) == 0 && Interlocked.Exchange(ref _runs, 1) == 0)
        {
            _timer.Change(_idle, _idle);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var limit = Environment.TickCount64 - (long)_idle.TotalMilliseconds;
        if (!_endSnapshots(limit))
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Volatile.Write(ref _runs, 0);
            if (_endSnapshots(limit))
            {
                Wake(); // a reader came back in between and found the timer still running
            }
        }
    }
}
