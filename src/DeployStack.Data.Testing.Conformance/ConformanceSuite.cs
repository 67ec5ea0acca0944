using DeployStack.Data.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance;

/// <summary>What all suites share: fresh databases, disposed and removed when a test ends.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ConformanceSuite(ConformanceFixture fixture) : IAsyncLifetime
{
    private readonly Stack<IServiceProvider> _containers = new();
    private readonly Stack<object> _places = new();

    /// <summary>The provider under test.</summary>
    protected ConformanceFixture Fixture { get; } = fixture;

    /// <inheritdoc/>
    public virtual Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Disposes the databases of the test, latest first, and removes their places.</summary>
    public virtual async Task DisposeAsync()
    {
        while (_containers.TryPop(out var container))
        {
            await ((IAsyncDisposable)container).DisposeAsync();
        }

        while (_places.TryPop(out var place))
        {
            await Fixture.RemovePlaceAsync(place);
        }
    }

    /// <summary>Makes an empty database that lives as long as the test.</summary>
    /// <param name="settings">What the database is told; <see langword="null"/> for the defaults.</param>
    protected IDeployStackDatabase CreateDatabase(DatabaseSettings? settings = null)
        => DatabaseOf(CreateServices(static _ => { }, settings));

    /// <summary>Makes an empty database and executes statements in it, as one batch.</summary>
    /// <param name="schema">One statement each.</param>
    protected async Task<IDeployStackDatabase> CreateDatabaseAsync(params string[] schema)
    {
        var database = CreateDatabase();
        await ApplyAsync(database, schema);
        return database;
    }

    /// <summary>Makes a container with an empty database and features; it lives as long as the test.</summary>
    /// <param name="configure">Adds the features.</param>
    /// <param name="settings">What the database is told; <see langword="null"/> for the defaults.</param>
    protected IServiceProvider CreateServices(Action<IDeployStackDataBuilder> configure, DatabaseSettings? settings = null)
        => OpenServices(CreatePlace(), configure, settings);

    /// <summary>Reserves a place, for tests that open one database again after it was disposed; needs
    /// <see cref="ConformanceFixture.KeepsData"/> to be of use.</summary>
    protected object CreatePlace()
    {
        var place = Fixture.CreatePlace();
        _places.Push(place);
        return place;
    }

    /// <summary>Makes a container with the database of a place; it lives as long as the test, or until it is disposed.</summary>
    /// <param name="place">From <see cref="CreatePlace"/>.</param>
    /// <param name="configure">Adds the features.</param>
    /// <param name="settings">What the database is told; <see langword="null"/> for the defaults.</param>
    protected IServiceProvider OpenServices(object place, Action<IDeployStackDataBuilder>? configure = null, DatabaseSettings? settings = null)
    {
        var container = Fixture.Register(place, settings ?? new(), configure ?? (static _ => { }));
        _containers.Push(container);
        return container;
    }

    /// <summary>The default database of a container.</summary>
    /// <param name="services">From <see cref="CreateServices"/> or <see cref="OpenServices"/>.</param>
    protected static IDeployStackDatabase DatabaseOf(IServiceProvider services) => services.GetRequiredService<IDeployStackDatabase>();

    /// <summary>Executes statements as one batch, which works on every engine.</summary>
    /// <param name="database">Where.</param>
    /// <param name="statements">One statement each.</param>
    protected static Task ApplyAsync(IDeployStackDatabase database, params string[] statements)
    {
        ArgumentNullException.ThrowIfNull(database);
        return database.ExecuteBatchAsync([.. statements.Select(static sql => new SqlStatement(sql))]);
    }

    /// <summary>Executes one statement as a batch, which works on every engine.</summary>
    /// <param name="database">Where.</param>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name.</param>
    /// <returns>The rows affected.</returns>
    protected static async Task<int> ApplyOneAsync(IDeployStackDatabase database, string sql, object? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        var result = await database.ExecuteBatchAsync([new SqlStatement(sql, parameters)]);
        return result.RowsAffected[0];
    }

    /// <summary>Whether units that write exist. Where they do not, first makes sure that they are refused as the contract
    /// says: nothing runs, and the message names the batch.</summary>
    /// <param name="database">The database under test.</param>
    protected static async Task<bool> CanWriteInteractivelyAsync(IDeployStackDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        if (database.Capabilities.InteractiveTransactions)
        {
            return true;
        }

        var ran = false;
        var refusal = await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.WriteAsync(
            _ =>
            {
                ran = true;
                return default;
            },
            new WriteOptions { Label = "refused" }));
        Assert.False(ran);
        Assert.Contains(nameof(IDeployStackDatabase.ExecuteBatchAsync), refusal.Message, StringComparison.Ordinal);
        Assert.Equal("refused", refusal.Label);
        return false;
    }

    /// <summary>Asserts that an action fails with the library's exception of one kind. Inside a unit, an error that a
    /// re-run can cure is passed on, so that the unit is run again.</summary>
    /// <param name="kind">The kind expected.</param>
    /// <param name="action">What is to fail.</param>
    /// <returns>The exception, for more to be asserted.</returns>
    protected static async Task<DatabaseException> ThrowsAsync(DatabaseErrorKind kind, Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            await action();
        }
        catch (DatabaseException exception) when (exception.Kind == kind) // as expected
        {
            return exception;
        }
        catch (DatabaseException exception) when (!exception.IsTransient) // another kind, which the message is to show
        {
            Assert.Fail($"Expected {kind}, got {exception.Kind}: {exception.Message}");
        }

        throw new Xunit.Sdk.XunitException($"Expected {kind}, and nothing was thrown.");
    }
}
