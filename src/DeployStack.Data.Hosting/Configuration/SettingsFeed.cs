using DeployStack.Data.Hosting.Diagnostics;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Reads the settings of one database when it is ready, tells its followers, and tells them of each change until the
/// container is disposed.</summary>
internal sealed class SettingsFeed(IServiceProvider services, string name, ILogger logger) : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new(); // one snapshot after the other
    private readonly List<ISettingsFollower> _followers = [];
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SettingsSnapshot? _current;

    /// <summary>The declared settings of the database.</summary>
    public SettingsBuilder Declared { get; } = services.GetKeyedService<SettingsBuilder>(name) ?? new();

    /// <summary>What was read last.</summary>
    public SettingsSnapshot? Current => Volatile.Read(ref _current);

    /// <summary>Adds one who is told; at once what is known already.</summary>
    public void Add(ISettingsFollower follower)
    {
        lock (_gate)
        {
            _followers.Add(follower);
            if (_current is { } snapshot)
            {
                follower.Take(snapshot, Declared);
            }
        }
    }

    /// <summary>Prepares the database where that is asked for, and begins.</summary>
    /// <exception cref="DatabaseException">It could not be prepared, or its settings not be read.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Current is null)
        {
            await (services.GetKeyedService<ISettingsPreparation>(name)?.PrepareAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            await StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Blocks until the settings were read: options are made synchronously.</summary>
    /// <returns><see langword="null"/> while no engine is chosen for the database.</returns>
    /// <exception cref="DatabaseException">They could not be.</exception>
    public SettingsSnapshot? Demand()
    {
        if (Current is null)
        {
            try
            {
                // on another thread, whatever the context of this one; not until plugins are ready, which may ask for the
                // very options that are being made here
                var prepared = Task.Run(() => PrepareAsync(_closed.Token), _closed.Token);
                Task.WhenAny(prepared, _started.Task).Unwrap().GetAwaiter().GetResult();
            }
            catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.NotConfigured) // a state that the set-up ends; it calls StartAsync
            {
                return null;
            }
        }

        return Current;
    }

    /// <summary>Begins, on a database that is prepared. Where it has begun, or the database has no settings, nothing happens.</summary>
    /// <exception cref="DatabaseException">The settings could not be read.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Current is null && services.GetKeyedService<ISettingsStore>(name) is { } store)
            {
                var snapshot = await store.GetSnapshotAsync(cancellationToken).ConfigureAwait(false);
                Begin(snapshot);
                _started.SetResult();
                _ = Task.Run(() => FollowAsync(store), CancellationToken.None); // ends with the container
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _starting.Dispose();
    }

    private void Begin(SettingsSnapshot snapshot)
    {
        lock (_gate)
        {
            foreach (var source in ConfigurationSources.Of(services).Where(source => string.Equals(source.Database, name, StringComparison.Ordinal)))
            {
                source.Logger = logger;
                _followers.Add(source);
            }

            Take(snapshot);
        }
    }

    private async Task FollowAsync(ISettingsStore store)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var hasFailed = false;
        try
        {
            while (true)
            {
                try
                {
                    var token = store.GetChangeToken(); // before the read: what is changed in between fires it
                    Take(await store.GetSnapshotAsync(_closed.Token).ConfigureAwait(false));
                    hasFailed = false;
                    await WaitAsync(token).ConfigureAwait(false);
                }
                catch (DatabaseException error) // the last values stay
                {
                    if (!hasFailed)
                    {
                        HostingLog.SettingsNotReloaded(logger, "reload_settings", name, error);
                        hasFailed = true;
                    }

                    await Task.Delay(_pause, time, _closed.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException) // the container, the store or the database was disposed
        {
        }
    }

    private void Take(SettingsSnapshot snapshot)
    {
        lock (_gate)
        {
            if (ReferenceEquals(snapshot, _current))
            {
                return;
            }

            Volatile.Write(ref _current, snapshot);
            foreach (var follower in _followers.ToArray())
            {
                try
                {
                    follower.Take(snapshot, Declared);
                }
                catch (Exception error) // of callbacks of the application; the other followers are told all the same
                {
                    HostingLog.ReloadCallbackFailed(logger, "reload_settings", name, error);
                }
            }
        }
    }

    private async Task WaitAsync(IChangeToken token)
    {
        var fired = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = token.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), fired);
        await fired.Task.WaitAsync(_closed.Token).ConfigureAwait(false);
    }
}
