using DeployStack.Data.Provider;
using DeployStack.Data.Settings.Storage;

namespace DeployStack.Data.Settings.Current;

/// <summary>Keeps the snapshot that is current, and notices when it is not any more.</summary>
/// <remarks>A counter of the engine tells within nanoseconds whether anybody has committed anything. Only then the row of the
/// version is read, and only where that differs the settings are.</remarks>
/// <param name="tables">Where the settings are.</param>
/// <param name="make">Makes a snapshot of data.</param>
/// <param name="time">Measures the age of what no counter vouches for.</param>
/// <param name="interval">How old a snapshot may get where the counter does not see other processes.</param>
internal sealed class CurrentSettings(SettingsTables tables, Func<SettingsData, SettingsSnapshot> make, TimeProvider time, TimeSpan interval) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ChangeCounter? _counter;
    private bool _hasAskedForCounter;
    private bool _isClosed;
    private int _forgets;
    private State? _state;

    /// <summary>Called after another snapshot became the current one, with the one before; inside the turn, so shortly.</summary>
    public Action<SettingsSnapshot, SettingsSnapshot>? Changed { get; set; }

    public ValueTask<SettingsSnapshot> GetAsync(CancellationToken cancellationToken)
    {
        var state = Volatile.Read(ref _state);
        return state is not null && IsCurrent(state) ? new(state.Snapshot) : RefreshAsync(isForced: false, cancellationToken);
    }

    /// <summary>The data as they are now, whatever age reading is content with: what is planned on older ones could find
    /// nothing to write, or a version that is none any more.</summary>
    public async ValueTask<SettingsData> GetDataAsync(CancellationToken cancellationToken)
    {
        var state = Volatile.Read(ref _state);
        return (state is { IsMarked: true } && IsAtMark(state) ? state.Snapshot : await RefreshAsync(isForced: true, cancellationToken).ConfigureAwait(false)).Data;
    }

    /// <summary>What the last write of this process led to, if nobody has committed after it: very likely current, and good
    /// enough for a write, which claims the version, without the read that makes it certain. Nothing while somebody reads: who
    /// began to watch before a write must not find it in the first snapshot.</summary>
    public SettingsData? Peek()
        => _turn.CurrentCount > 0 && Volatile.Read(ref _state) is { IsMarked: false } state && IsAtMark(state) ? state.Snapshot.Data : null;

    /// <summary>Takes over what a write of this process led to.</summary>
    public async Task PublishAsync(SettingsData data)
    {
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_state is null || _state.Snapshot.Data.Version.Number < data.Version.Number)
            {
                // another process may have committed since: the next read looks at the version again
                Take(new(make(data), _counter?.Read() ?? 0, IsMarked: false, time.GetTimestamp(), Volatile.Read(ref _forgets)));
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lets the next read load everything again.</summary>
    /// <remarks>Counted beside the state, and not written into it: a read that is under way would put its own in that place,
    /// or be replaced by an earlier one.</remarks>
    public void Forget() => Interlocked.Increment(ref _forgets);

    // the turn is not disposed: who has it or waits for it would not get out
    public void Dispose() => Volatile.Write(ref _isClosed, true);

    private bool IsForgotten(State state) => state.Forgets != Volatile.Read(ref _forgets);

    private bool IsAtMark(State state) => !IsForgotten(state) && _counter is { SeesOtherProcesses: true } counter && counter.Read() == state.Mark;

    private bool IsCurrent(State state)
    {
        if (IsForgotten(state))
        {
            return false;
        }

        if (_counter is not { } counter)
        {
            return time.GetElapsedTime(state.Checked) < interval;
        }

        return state.IsMarked && counter.Read() == state.Mark && (counter.SeesOtherProcesses || time.GetElapsedTime(state.Checked) < interval);
    }

    private async ValueTask<SettingsSnapshot> RefreshAsync(bool isForced, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), typeof(ISettingsStore));
            var state = _state;
            if (!isForced && state is not null && IsCurrent(state))
            {
                return state.Snapshot; // another caller has done it
            }

            if (!_hasAskedForCounter)
            {
                _counter = await tables.GetChangeCounterAsync(cancellationToken).ConfigureAwait(false);
                _hasAskedForCounter = true;
            }

            // before the data: a commit in between is noticed by the next read
            var forgets = Volatile.Read(ref _forgets);
            var mark = _counter?.Read() ?? 0;
            var at = time.GetTimestamp();
            var data = await tables.LoadAsync(state?.Snapshot.Data, isForced: state is null || IsForgotten(state), cancellationToken).ConfigureAwait(false);
            Take(new(data is null ? state!.Snapshot : make(data), mark, IsMarked: true, at, forgets));
            return _state!.Snapshot;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Take(State state)
    {
        var before = _state?.Snapshot;
        Volatile.Write(ref _state, state);
        if (before is not null && !ReferenceEquals(before, state.Snapshot))
        {
            Changed?.Invoke(before, state.Snapshot);
        }
    }

    // not marked: the mark is from after a commit of this process, and another may have come between
    private sealed record State(SettingsSnapshot Snapshot, ulong Mark, bool IsMarked, long Checked, int Forgets);
}
