using DeployStack.Data.Sqlite;

namespace DeployStack.Data.Testing;

/// <summary>What a template is made of: features, options of the engine, seeds. Each call adds to those before.</summary>
public sealed class TestDatabaseOptions : TestDatabaseCopyOptions
{
    internal TestDatabaseOptions()
    {
    }

    /// <summary>The key of the database's services, as for <c>AddDeployStackSqlite(name, …)</c>. Default empty.</summary>
    public string Name { get; set; } = string.Empty;

    internal List<Action<IDeployStackDataBuilder>> Features { get; private set; } = [];

    internal List<Action<SqliteOptions>> Engine { get; private set; } = [];

    internal List<Func<TestDatabase, CancellationToken, Task>> Seeds { get; private set; } = [];

    /// <summary>Adds features, and services of the application through <see cref="IDeployStackDataBuilder.Services"/>.</summary>
    /// <param name="configure">Called for the template and again for each database, so that no two share an instance: it
    /// registers and does nothing else.</param>
    /// <remarks>All migrations are applied and all declared settings created before the first seed.</remarks>
    public void Configure(Action<IDeployStackDataBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Features.Add(configure);
    }

    /// <summary>Sets options of the engine: pragmas, functions, type profile. The profile is
    /// <see cref="SqliteProfile.Testing"/> unless it is set here; a path set here is ignored.</summary>
    /// <param name="configure">Called for the template and again for each database.</param>
    public void Sqlite(Action<SqliteOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Engine.Add(configure);
    }

    /// <summary>Fills the template, once in the process; every database begins with what it wrote.</summary>
    /// <param name="seed">Gets the template, migrated. Its token fires when nobody waits for the template any longer.</param>
    public void Seed(Func<TestDatabase, CancellationToken, Task> seed)
    {
        ArgumentNullException.ThrowIfNull(seed);
        Seeds.Add(seed);
    }

    /// <summary>Fills the template by a script of statements, in one transaction.</summary>
    /// <param name="statements">One statement each.</param>
    public void Seed(params string[] statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        Seeds.Add((database, cancellationToken) => database.ExecuteBatchAsync([.. statements.Select(static sql => new SqlStatement(sql))], cancellationToken: cancellationToken));
    }

    /// <summary>The same options with this seed alone.</summary>
    internal TestDatabaseOptions WithSeed(Func<TestDatabase, CancellationToken, Task> seed)
    {
        var options = (TestDatabaseOptions)Copy();
        options.StartTime = null;
        options.Features = [.. Features];
        options.Engine = [.. Engine];
        options.Seeds = [seed];
        return options;
    }
}
