namespace DeployStack.Data.Migrations.Lint;

/// <summary>How much a finding of the lint matters.</summary>
public enum LintSeverity
{
    /// <summary>Worth knowing; also what would matter if the tables it is about had rows.</summary>
    Information,

    /// <summary>Rows are deleted on purpose, or the migration fails on some data: somebody should have looked at it.</summary>
    Warning,

    /// <summary>Rows are lost that nobody asked to delete, or the script cannot run at all.</summary>
    Error,
}
