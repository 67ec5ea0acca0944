using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>A table that a script makes anew under its old name: a copy is filled from it, then it is dropped.</summary>
/// <param name="Old">The table that is dropped.</param>
/// <param name="Copy">The table that takes its place.</param>
/// <param name="Filling">The place of the statement that copies the rows.</param>
internal sealed record HandRebuild(LintTable Old, LintTable Copy, int Filling)
{
    /// <summary><see langword="null"/> where the statement drops no table, or one that is not replaced.</summary>
    public static HandRebuild? Of(LintStep step)
    {
        if (step.Action is not LintAction.DropTable drop || step.Schema.Table(drop.Name) is not { } old)
        {
            return null;
        }

        for (var i = step.Index - 1; i >= 0; i--)
        {
            if (TargetOf(step.Actions[i], drop.Name) is { } name && step.Schema.Table(name) is { } copy && TakesItsPlace(step, name, drop.Name))
            {
                return new(old, copy, i);
            }
        }

        return null;
    }

    private static string? TargetOf(LintAction action, string source) => action switch
    {
        LintAction.Insert insert when insert.Sources.Contains(source) => insert.Table,
        LintAction.CreateTable create when create.Sources.Contains(source) => create.Name,
        _ => null,
    };

    // the copy gets the name now, or the old table gave it away before
    private static bool TakesItsPlace(LintStep step, string copy, string dropped)
        => step.Behind.OfType<LintAction.RenameTable>().Any(rename => LintStep.Equal(rename.Name, copy) && LintStep.Equal(rename.NewName, dropped))
            || step.Before.OfType<LintAction.RenameTable>().Any(rename => LintStep.Equal(rename.Name, copy) && LintStep.Equal(rename.NewName, dropped));
}
