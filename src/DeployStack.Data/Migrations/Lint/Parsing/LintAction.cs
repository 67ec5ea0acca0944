namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>What a statement does, as far as the lint asks.</summary>
internal abstract record LintAction
{
    /// <param name="Name">Of the table.</param>
    /// <param name="Definition"><see langword="null"/> for a virtual table and for CREATE TABLE … AS.</param>
    /// <param name="Sources">The tables that CREATE TABLE … AS reads.</param>
    internal sealed record CreateTable(string Name, bool IfNotExists, TableDefinition? Definition, IReadOnlySet<string> Sources) : LintAction;

    internal sealed record DropTable(string Name) : LintAction;

    internal sealed record RenameTable(string Name, string NewName) : LintAction;

    /// <param name="Added">A definition of one column.</param>
    internal sealed record AddColumn(string Table, TableDefinition Added) : LintAction;

    internal sealed record DropColumn(string Table, string Column) : LintAction;

    internal sealed record RenameColumn(string Table, string Column, string NewName) : LintAction;

    /// <param name="Columns">Empty text for an expression.</param>
    internal sealed record CreateIndex(string Name, string Table, IReadOnlyList<string> Columns, bool Unique, bool Partial, bool IfNotExists) : LintAction;

    /// <param name="Kind">VIEW or TRIGGER.</param>
    /// <param name="Table">The table of a trigger; empty for a view.</param>
    /// <param name="Mentions">Every name in it.</param>
    internal sealed record CreateDependent(string Kind, string Name, string Table, IReadOnlySet<string> Mentions, bool IfNotExists) : LintAction;

    /// <param name="Kind">INDEX, VIEW or TRIGGER.</param>
    internal sealed record DropObject(string Kind, string Name) : LintAction;

    /// <param name="Replaces">INSERT OR REPLACE, or REPLACE.</param>
    /// <param name="Columns">Empty where the statement names none.</param>
    /// <param name="Sources">The tables that it reads.</param>
    /// <param name="Filtered">Whether it has a WHERE or LIMIT of its own.</param>
    internal sealed record Insert(string Table, bool Replaces, IReadOnlyList<string> Columns, IReadOnlySet<string> Sources, bool Filtered) : LintAction;

    internal sealed record Update(string Table, bool Filtered) : LintAction;

    internal sealed record Delete(string Table, bool Filtered) : LintAction;

    internal sealed record Other : LintAction;
}
