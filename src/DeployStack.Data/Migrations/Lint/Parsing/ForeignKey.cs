namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>A foreign key.</summary>
/// <param name="Columns">Of the child.</param>
/// <param name="Parent">The table that they refer to.</param>
/// <param name="OnDelete">CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION.</param>
internal sealed record ForeignKey(IReadOnlyList<string> Columns, string Parent, string OnDelete)
{
    /// <summary>Whether a deleted parent changes its children instead of failing.</summary>
    public bool ChangesChildren => OnDelete is "CASCADE" or "SET NULL" or "SET DEFAULT";
}
