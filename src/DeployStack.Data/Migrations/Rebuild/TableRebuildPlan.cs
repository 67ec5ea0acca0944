using System.Text;
using DeployStack.Data.Migrations.Rebuild.Planning;

namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>The statements of one rebuild, for one atomic batch.</summary>
/// <remarks>A plan holds for the schema that it was made from; its first statement fails the batch where that has changed
/// since. It holds no values of the table.</remarks>
public sealed class TableRebuildPlan
{
    internal const string Copying = "copying the rows";
    internal const string ForeignKeyCheck = "PRAGMA foreign_key_check";

    private readonly IReadOnlyList<RebuildStep> _steps;

    internal TableRebuildPlan(string table, IReadOnlyList<RebuildStep> steps, bool foreignKeysOff, IReadOnlyList<string> recreated)
    {
        _steps = steps;
        Table = table;
        ForeignKeysOff = foreignKeysOff;
        Recreated = recreated;
        Statements = [.. steps.Select(static step => step.ToStatement())];
    }

    /// <summary>The table, as the schema spells it.</summary>
    public string Table { get; }

    /// <summary>The statements in order, with what is expected of them; none may be left out.</summary>
    public IReadOnlyList<SqlStatement> Statements { get; }

    /// <summary>Whether the batch must run with <see cref="BatchOptions.ForeignKeysOff"/>: with foreign keys on, dropping
    /// the old table would delete the rows that refer to it.</summary>
    public bool ForeignKeysOff { get; }

    /// <summary>The indexes, views and triggers that are created again, as <c>index teams_name</c>.</summary>
    public IReadOnlyList<string> Recreated { get; }

    internal int CopyIndex => _steps.Select(static (step, i) => (step, i)).First(static each => ReferenceEquals(each.step.Purpose, Copying)).i;

    /// <summary>The plan as a script, to read or to run in the <c>sqlite3</c> shell.</summary>
    /// <remarks>The shell does not know expectations: there, every query under "must return no row" is to be looked at
    /// before COMMIT.</remarks>
    public override string ToString()
    {
        var script = new StringBuilder();
        script.Append(ForeignKeysOff ? "PRAGMA foreign_keys=OFF;\n" : string.Empty).Append("BEGIN IMMEDIATE;\n");
        foreach (var step in _steps)
        {
            script.Append("\n-- ").Append((step.Refusal is null ? step.Purpose : $"must return no row, else: {step.Refusal}").ReplaceLineEndings(" ")).Append('\n').Append(step.Sql).Append(";\n");
        }

        return script.Append("\nCOMMIT;\n").Append(ForeignKeysOff ? "PRAGMA foreign_keys=ON;\n" : string.Empty).ToString();
    }

    /// <summary>The statements without the check of foreign keys where the runner does it, after the whole migration.</summary>
    internal IEnumerable<SqlStatement> ForMigration()
        => Statements.Where(statement => !ForeignKeysOff || !string.Equals(statement.Sql, ForeignKeyCheck, StringComparison.Ordinal));

    /// <summary>What a failed statement of the plan means; <see langword="null"/> for a statement of somebody else.</summary>
    internal string? Explain(DatabaseException error)
    {
        var step = _steps.FirstOrDefault(each => string.Equals(each.Sql, error.Sql, StringComparison.Ordinal));
        return step is null ? null
            : step.Refusal is not null && error.Kind == DatabaseErrorKind.ExpectationFailed ? $"The rebuild of {Table} was refused: {step.Refusal}"
            : $"The rebuild of {Table} failed while {step.Purpose}: {error.Message}";
    }
}
