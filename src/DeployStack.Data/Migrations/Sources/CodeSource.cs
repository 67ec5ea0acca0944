namespace DeployStack.Data.Migrations.Sources;

/// <summary>Migrations written in C# that are given as instances.</summary>
internal sealed record CodeSource(IReadOnlyList<IMigration> Migrations) : MigrationSource
{
    internal override Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<MigrationFile>>([.. Migrations.Select(MigrationFile.Of)]);
}
