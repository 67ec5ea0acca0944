namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>Whether a table has rows.</summary>
/// <param name="LiveName">The name under which the database can be asked; <see langword="null"/> for none.</param>
/// <param name="Filled">Whether statements may have put rows into it.</param>
internal sealed record LintRows(string? LiveName, bool Filled)
{
    /// <summary>For a table that is not known.</summary>
    public static LintRows Unknown { get; } = new(null, Filled: true);
}
