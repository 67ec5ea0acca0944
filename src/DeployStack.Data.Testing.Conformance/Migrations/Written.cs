using DeployStack.Data.Migrations;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>A migration in C# that stands in a test.</summary>
/// <param name="name">Its identity and name.</param>
/// <param name="build">Adds its statements.</param>
/// <param name="version">As <see cref="IMigration.Version"/>.</param>
internal sealed class Written(string name, Action<MigrationBuilder> build, string? version = null) : IMigration
{
    public string Name => name;

    public string? Version => version;

    public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
    {
        build(builder);
        return Task.CompletedTask;
    }
}
