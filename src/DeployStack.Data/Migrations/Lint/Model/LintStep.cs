using DeployStack.Data.Migrations.Lint.Parsing;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>One statement, what stands before and behind it in its script, and the schema that it meets.</summary>
internal sealed record LintStep(LintScript Script, IReadOnlyList<LintAction> Actions, int Index, LintSchema Schema)
{
    public LintAction Action => Actions[Index];

    public ScriptStatement Statement => Script.Statements[Index];

    public bool ForeignKeysOn => !Script.ForeignKeysOff;

    public IEnumerable<LintAction> Before => Actions.Take(Index);

    public IEnumerable<LintAction> Behind => Actions.Skip(Index + 1);

    /// <summary>Whether the script itself makes the table, so that its rows are the script's own.</summary>
    public bool IsOwn(string table) => Before.OfType<LintAction.CreateTable>().Any(create => Equal(create.Name, table));

    public LintDraft Find(LintRule rule, string message, params IReadOnlyList<LintRows> rows) => new(rule, Script, Statement, message, rows);

    public static bool Equal(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
