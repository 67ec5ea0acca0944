namespace DeployStack.Data.Migrations.Lint;

/// <summary>What <see cref="IMigrationRunner.ApplyAsync"/> does with the findings of the lint.</summary>
public enum LintPolicy
{
    /// <summary>Nothing is looked at.</summary>
    Off,

    /// <summary>Warnings and errors are logged; everything runs.</summary>
    Warn,

    /// <summary>Warnings are logged. An error that is not acknowledged in its file fails the call before anything runs.</summary>
    Fail,
}
