namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>A view or a trigger.</summary>
/// <param name="Kind">VIEW or TRIGGER.</param>
/// <param name="Table">The table of a trigger; <see langword="null"/> for a view, and where it is not known.</param>
/// <param name="Mentions">Every name in it; renamed with the tables.</param>
internal sealed record LintDependent(string Kind, string Name, LintTable? Table, IReadOnlySet<string> Mentions)
{
    public string Described => $"{Kind.ToLowerInvariant()} {Name}";
}
