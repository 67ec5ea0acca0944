using DeployStack.Data.Sessions;

namespace DeployStack.Data.Testing.Conformance;

/// <summary>Makes the databases that the suites run on. A provider derives one for each way in which it can run (on a
/// file, in memory) and gives it to one class per suite.</summary>
/// <remarks>What the engine can do is not declared here: the suites ask <see cref="IDeployStackDatabase.Capabilities"/>
/// and expect a refusal where something is absent. Used by many tests at the same time.</remarks>
/// <example><code>
/// public sealed class SqliteFileSessionTests(SqliteFileFixture f) : SessionTests(f), IClassFixture&lt;SqliteFileFixture&gt;;
/// </code></example>
public abstract class ConformanceFixture
{
    /// <summary>Whether what was committed can be read by a database that is opened at the same place later. False for
    /// databases that end with their instance.</summary>
    public abstract bool KeepsData { get; }

    /// <summary>Reserves a place for one database that nobody else uses and that is empty: a folder, a schema, a server.</summary>
    public abstract object CreatePlace();

    /// <summary>Registers the database at a place in a container of its own and builds the container; nothing is opened.</summary>
    /// <param name="place">From <see cref="CreatePlace"/>.</param>
    /// <param name="settings">Name, type profile, logger, meters, clock, hook and threshold of the database; the name is
    /// empty except where a test is about names.</param>
    /// <param name="configure">Adds features to the registration.</param>
    /// <returns>The container, which is also <see cref="IAsyncDisposable"/>. It holds <see cref="IDeployStackDatabase"/>
    /// under its name, and without a key if the name is empty.</returns>
    public abstract IServiceProvider Register(object place, DatabaseSettings settings, Action<IDeployStackDataBuilder> configure);

    /// <summary>Removes a place, after every container of it was disposed; fails if a database left something behind
    /// there, such as an open file.</summary>
    /// <param name="place">From <see cref="CreatePlace"/>.</param>
    public abstract Task RemovePlaceAsync(object place);
}
