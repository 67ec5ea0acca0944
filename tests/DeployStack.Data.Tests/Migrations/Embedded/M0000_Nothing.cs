using DeployStack.Data.Migrations;

namespace DeployStack.Data.Tests.Migrations.Embedded;

/// <summary>Found beside the embedded scripts of this assembly.</summary>
public sealed class M0000_Nothing : IMigration
{
    public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Cannot be made without knowledge, so it is not found.</summary>
public sealed class M0000_NothingWith(string what) : IMigration
{
    public string Name => what;

    public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Is no migration by itself, so it is not found.</summary>
public abstract class M0000_NothingYet : IMigration
{
    public abstract Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken);
}
