namespace DeployStack.Data.Migrations.Sources;

/// <summary>A migration as its source has it.</summary>
/// <param name="FileName">Without folder: <c>0001_teams.sql</c>; for a class the name that it gives itself.</param>
/// <param name="Origin">Where it is, for messages.</param>
/// <param name="Text">The SQL text as it is; empty for a class.</param>
internal sealed record MigrationFile(string FileName, string Origin, string Text)
{
    /// <summary>How its name becomes an identity.</summary>
    public MigrationNaming Naming { get; init; }

    /// <summary>The class; <see langword="null"/> for a script.</summary>
    public IMigration? Code { get; init; }

    public static MigrationFile Of(IMigration migration)
    {
        var type = migration.GetType();
        return new(migration.Name, $"{type.FullName} in {type.Assembly.GetName().Name}", string.Empty) { Code = migration };
    }
}
