using System.Data.Common;
using DeployStack.Data.Hosting.Diagnostics;
using DeployStack.Data.Hosting.Startup;
using DeployStack.Data.Provider;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Selection;

/// <summary>Looks up the chosen engine, keeps it once it is known, and sets one up.</summary>
internal sealed class DatabaseSelector(
    string name,
    SelectionReader reader,
    ProviderCatalog catalog,
    IServiceProvider services,
    TimeProvider time,
    ILogger logger) : IDatabaseSelection, IAsyncDisposable, IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _settingUp = new(1, 1);
    private readonly HashSet<IDeployStackDatabase> _opened = new(ReferenceEqualityComparer.Instance);

    // While a set-up runs, its own flow sees the database that it prepares; everybody else still has none.
    private readonly AsyncLocal<IDeployStackDatabase?> _prepared = new();
    private volatile DatabaseSelection? _current;
    private volatile IDeployStackDatabase? _database;

    public string File => reader.File.Path;

    /// <summary>The chosen engine's database if it was asked for before; it never looks anything up.</summary>
    public IDeployStackDatabase? Known => _database ?? _prepared.Value;

    public DatabaseSelection GetCurrent()
    {
        if (_current is { } known)
        {
            return known;
        }

        lock (_gate)
        {
            if (_current is { } found)
            {
                return found;
            }

            var read = reader.Read();
            if (read is { State: DatabaseSelectionState.Configured, Type: { } type })
            {
                _current = read;
                HostingLog.Chosen(logger, "get_database_config", name, type, read.Source);
            }

            return read;
        }
    }

    /// <summary>The chosen engine's database.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.NotConfigured"/>, or the engine's own.</exception>
    public IDeployStackDatabase Demand()
    {
        if (Known is { } known)
        {
            return known;
        }

        // Not under the gate: the container has locks of its own, and gives the same instance to everybody.
        return _database = GetDatabase(DemandProvider());
    }

    /// <summary>The chosen engine.</summary>
    /// <exception cref="DatabaseException">None is, or it cannot be used.</exception>
    public DatabaseProviderRegistration DemandProvider() => GetCurrent() switch
    {
        { State: DatabaseSelectionState.Configured, Type: { } type } => catalog.Find(type),
        { Reason: var reason } => throw new DatabaseException(DatabaseErrorKind.NotConfigured, reason!),
    };

    /// <summary>The chosen engine's ADO.NET source.</summary>
    /// <exception cref="DatabaseException">No engine is chosen, or it has none.</exception>
    public DbDataSource DemandDataSource()
    {
        var provider = DemandProvider();
        return Typed(provider.GetDataSource) ?? throw new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{provider.Types[0]}' has no ADO.NET source. Use IDeployStackDatabase.");
    }

    /// <summary>Passes only while <paramref name="provider"/> is the chosen engine.</summary>
    /// <exception cref="DatabaseException">None or another one is.</exception>
    public void Demand(DatabaseProviderRegistration provider)
    {
        if (_prepared.Value is null && DemandProvider() is var chosen && chosen != provider)
        {
            throw new DatabaseException(DatabaseErrorKind.NotConfigured, $"The database is of type '{chosen.Types[0]}'; a service of '{provider.Types[0]}' was asked for. Ask for the services of the chosen engine, or for IDeployStackDatabase, which every engine has.");
        }
    }

    public async Task<DatabaseSelection> SelectAsync(string type, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        type = ProviderCatalog.Normalize(type);
        await _settingUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var provider = catalog.Find(type);
            reader.RefuseSecond(type, _current);
            return await SetUpAsync(type, provider, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _settingUp.Release();
        }
    }

    /// <summary>Disposes every database that was asked for, also that of a set-up that failed.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync().ConfigureAwait(false);
        }

        _settingUp.Dispose();
    }

    /// <inheritdoc cref="DisposeAsync"/>
    public void Dispose()
    {
        foreach (var database in _opened)
        {
            database.Dispose();
        }

        _settingUp.Dispose();
    }

    private async Task<DatabaseSelection> SetUpAsync(string type, DatabaseProviderRegistration provider, CancellationToken cancellationToken)
    {
        try
        {
            var database = GetDatabase(provider);
            _prepared.Value = database; // ends with this method, as the values of an asynchronous method do
            await DatabasePreparation.RunAsync(services, name, logger, cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var written = reader.File.Write(type, now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond)));
            lock (_gate)
            {
                _current = written;
                _database = database;
            }

            HostingLog.SetUp(logger, "setup_database", name, type, reader.File.Path);
            return written;
        }
        catch (Exception exception) // logged here, told to the caller
        {
            HostingLog.SetUpFailed(logger, "setup_database", name, type, exception);
            throw;
        }
    }

    private IDeployStackDatabase GetDatabase(DatabaseProviderRegistration provider)
    {
        var database = Typed(provider.GetDatabase);
        lock (_gate)
        {
            _opened.Add(database);
        }

        return database;
    }

    private T Typed<T>(Func<IServiceProvider, string, T> get)
    {
        try
        {
            return get(services, name);
        }
        catch (OptionsValidationException exception) // every error of a database is typed
        {
            throw new DatabaseException(DatabaseErrorKind.NotConfigured, $"The settings of the database are wrong; nothing was opened. {exception.Message}", exception);
        }
    }
}
