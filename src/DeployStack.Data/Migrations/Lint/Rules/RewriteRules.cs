using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Rules;

/// <summary>RW: statements whose time grows with the table, while all other writers wait.</summary>
internal static class RewriteRules
{
    public static IEnumerable<LintDraft> Check(LintStep step) => step.Action switch
    {
        LintAction.Update { Filtered: false } update when !step.IsOwn(update.Table) => [step.Find(LintRules.UpdateAll, $"UPDATE without WHERE writes every row of {update.Table}; other writers wait meanwhile. A rehearsal tells for how long.", step.Schema.RowsOf(update.Table))],
        LintAction.DropTable when HandRebuild.Of(step) is { } rebuild => [step.Find(LintRules.FullRewrite, $"The rebuild writes the whole table {rebuild.Old.Name} again; other writers wait meanwhile. A rehearsal tells for how long.", rebuild.Old.Rows)],
        LintAction.AddColumn { Added.Columns: [var column, ..] } add when column.Checked || column is { Generated: true, NotNull: true }
            => [step.Find(LintRules.FullScan, $"ADD COLUMN {add.Table}.{column.Name} tests its constraint on every row; other writers wait meanwhile.", step.Schema.RowsOf(add.Table))],
        _ => [],
    };
}
