using System.Runtime.CompilerServices;
using DeployStack.Data.Settings.Current;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Settings.Watching;

/// <summary>Tells watchers what changed; while there are any, changes of other processes are looked for.</summary>
internal sealed class SettingsWatch : IDisposable
{
    private readonly CurrentSettings _current;
    private readonly TimeSpan _interval;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private readonly Dictionary<SettingFilter, CancellationTokenSource> _tokens = [];
    private readonly CancellationTokenSource _closed = new();
    private readonly CancellationToken _isClosed; // may be asked after the source is disposed
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _watchers;
    private bool _isDisposed;
    private Task? _looking;

    public SettingsWatch(CurrentSettings current, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        _current = current;
        _interval = interval;
        _time = time;
        _logger = logger;
        _isClosed = _closed.Token;
        current.Changed = OnChanged;
    }

    public async IAsyncEnumerable<SettingsChange> WatchAsync(SettingFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _isClosed);
        var seen = await ReadAsync(linked.Token).ConfigureAwait(false);
        Enter();
        try
        {
            while (true)
            {
                var signal = Next();
                var now = await ReadAsync(linked.Token).ConfigureAwait(false);
                if (Changes(seen, now, filter) is { Count: > 0 } keys)
                {
                    yield return new(keys, seen, now);
                }

                seen = now;
                await signal.WaitAsync(linked.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>A token that fires once, at the next change; the same one for all who ask before.</summary>
    public IChangeToken GetToken(SettingFilter filter)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed.IsCancellationRequested, this);
            if (!_tokens.TryGetValue(filter, out var source))
            {
                source = new();
                _tokens.Add(filter, source);
                _watchers++;
                Look();
            }

            return new CancellationChangeToken(source.Token);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                return;
            }

            _current.Changed = null;
            _isDisposed = true;
        }

        _closed.Cancel(); // not inside: who waits goes on here and now
        _closed.Dispose();
    }

    private static List<string> Changes(SettingsSnapshot before, SettingsSnapshot after, SettingFilter filter)
        => [.. before.Difference(after).Where(key => filter.Matches(key, before, after))];

    private async ValueTask<SettingsSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _current.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException) when (_isClosed.IsCancellationRequested) // the store was closed meanwhile
        {
            throw new OperationCanceledException(_isClosed);
        }
    }

    private void OnChanged(SettingsSnapshot before, SettingsSnapshot after)
    {
        List<CancellationTokenSource> fired = [];
        lock (_lock)
        {
            if (_watchers == 0)
            {
                return;
            }

            var keys = before.Difference(after);
            foreach (var (filter, source) in _tokens.Where(token => keys.Any(key => token.Key.Matches(key, before, after))).ToList())
            {
                _tokens.Remove(filter);
                _watchers--;
                fired.Add(source);
            }
        }

        Wake();
        foreach (var source in fired)
        {
            // callbacks read settings, which must not wait for the turn that this runs in
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.Watch.Fire(state.Source), (Watch: this, Source: source), preferLocal: false);
        }
    }

    private void Wake()
    {
        TaskCompletionSource signal;
        lock (_lock)
        {
            signal = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        signal.SetResult();
    }

    private void Fire(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException error) // of whoever registered; the other callbacks ran
        {
            SettingsLog.CallbackFailed(_logger, "settings_watch", error);
        }
    }

    private Task Next()
    {
        lock (_lock)
        {
            return _next.Task;
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _watchers++;
            Look();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _watchers--;
        }
    }

    // begins to look where nobody does
    private void Look()
    {
        if (_looking is null or { IsCompleted: true })
        {
            _looking = Task.Run(LookAsync, CancellationToken.None);
        }
    }

    private async Task LookAsync()
    {
        var hasFailed = false;
        while (true)
        {
            lock (_lock)
            {
                if (_watchers == 0 || _isClosed.IsCancellationRequested)
                {
                    _looking = null;
                    return;
                }
            }

            try
            {
                await _current.GetAsync(_isClosed).ConfigureAwait(false);
                hasFailed = false;
                await Task.Delay(_interval, _time, _isClosed).ConfigureAwait(false);
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException) // the store or its database was closed
            {
                Wake(); // who watches asks the database, and hears it there
                return;
            }
            catch (DatabaseException error) // told once; the next look may find it again
            {
                if (!hasFailed)
                {
                    SettingsLog.WatchFailed(_logger, "settings_watch", error);
                    hasFailed = true;
                }

                await Task.Delay(_interval, _time, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
