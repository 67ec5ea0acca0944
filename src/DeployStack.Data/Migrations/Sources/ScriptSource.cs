namespace DeployStack.Data.Migrations.Sources;

/// <summary>Scripts in memory.</summary>
internal sealed record ScriptSource(IReadOnlyDictionary<string, string> Scripts) : MigrationSource
{
    internal override Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<MigrationFile>>([.. Scripts.Select(static pair => new MigrationFile(pair.Key, pair.Key, ScriptText.Check(pair.Value, pair.Key)))]);
}
