using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Rules;

/// <summary>DL: rows or values that are gone afterwards.</summary>
internal static class DataLossRules
{
    private const string Ways = "Rebuild the table with the directive 'rebuild', or write PRAGMA foreign_keys=OFF into the script, which the runner carries out.";

    public static IEnumerable<LintDraft> Check(LintStep step) => step.Action switch
    {
        LintAction.DropTable drop => Dropped(step, drop),
        LintAction.DropColumn drop => [step.Find(LintRules.DropColumn, $"DROP COLUMN deletes the values of {drop.Table}.{drop.Column}. Make sure that no running version reads them, and acknowledge it.", step.Schema.RowsOf(drop.Table))],
        LintAction.Delete { Filtered: false } delete when !step.IsOwn(delete.Table) => [Deleted(step, delete)],
        LintAction.Insert { Replaces: true } insert => Replaced(step, insert),
        _ => [],
    };

    private static IEnumerable<LintDraft> Dropped(LintStep step, LintAction.DropTable drop)
    {
        var children = Changing(step, drop.Name);
        if (children.Count > 0)
        {
            yield return step.Find(
                LintRules.CascadeLoss,
                $"DROP TABLE {drop.Name} deletes its rows first, and foreign keys are on: this deletes or changes the rows that refer to them in {Told(children)}. {Ways}",
                [.. children.Select(static child => child.Child.Rows)]);
        }

        if (HandRebuild.Of(step) is { } rebuild)
        {
            foreach (var draft in Rebuilt(step, rebuild))
            {
                yield return draft;
            }
        }
        else if (!step.IsOwn(drop.Name))
        {
            yield return step.Find(LintRules.DropTable, $"DROP TABLE deletes the rows of {drop.Name}. Make sure that no running version reads them, and acknowledge it.", step.Schema.RowsOf(drop.Name));
        }
    }

    private static IEnumerable<LintDraft> Rebuilt(LintStep step, HandRebuild rebuild)
    {
        var copying = new TokenReader(step.Script.Statements[rebuild.Filling].Sql);
        var words = Enumerable.Range(0, copying.Count).Select(copying.At).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var left = words.Contains("*") ? [] : rebuild.Old.Definition?.Columns.Where(column => !column.Generated && !words.Contains(column.Name)).Select(static column => column.Name).ToList() ?? [];
        if (left.Count > 0)
        {
            yield return step.Find(LintRules.ColumnLeftBehind, $"The copy of {rebuild.Old.Name} does not take over {string.Join(", ", left)}; DROP TABLE deletes the values. Copy the columns, or acknowledge it.", rebuild.Old.Rows);
        }

        if (step.Actions[rebuild.Filling] is LintAction.Insert { Filtered: true })
        {
            yield return step.Find(LintRules.ColumnLeftBehind, $"The copy of {rebuild.Old.Name} has a WHERE or LIMIT; DROP TABLE deletes the other rows. Copy them all, or acknowledge it.", rebuild.Old.Rows);
        }

        var lost = step.Schema.Indexes.Where(index => index.Table == rebuild.Old).Select(static index => (Kind: "index", index.Name))
            .Concat(step.Schema.Dependents.Where(trigger => trigger.Table == rebuild.Old).Select(static trigger => (Kind: "trigger", trigger.Name)))
            .Where(each => !step.Behind.Any(action => action is LintAction.CreateIndex index ? LintStep.Equal(index.Name, each.Name) : action is LintAction.CreateDependent trigger && LintStep.Equal(trigger.Name, each.Name)))
            .Select(static each => $"{each.Kind} {each.Name}").ToList();
        if (lost.Count > 0)
        {
            yield return step.Find(LintRules.DependentLeftBehind, $"DROP TABLE {rebuild.Old.Name} also drops {string.Join(", ", lost)}, and the script does not create them again. Create them behind the rename, or rebuild the table with the directive 'rebuild', which keeps them.");
        }
    }

    private static LintDraft Deleted(LintStep step, LintAction.Delete delete)
    {
        var children = step.ForeignKeysOn ? Changing(step, delete.Table) : [];
        var along = children.Count > 0 ? $", and through foreign keys deletes or changes those that refer to them in {Told(children)}" : string.Empty;
        return step.Find(LintRules.DeleteAll, $"DELETE without WHERE deletes all rows of {delete.Table}{along}. Add a WHERE, or acknowledge it.", step.Schema.RowsOf(delete.Table));
    }

    private static IEnumerable<LintDraft> Replaced(LintStep step, LintAction.Insert insert)
    {
        var children = Changing(step, insert.Table);
        return children.Count == 0 ? []
            : [step.Find(LintRules.Replace, $"REPLACE deletes the row of {insert.Table} that is there, and through foreign keys deletes or changes those that refer to it in {Told(children)}. Write INSERT … ON CONFLICT … DO UPDATE.", [.. children.Select(static child => child.Child.Rows)])];
    }

    private static List<(LintTable Child, ForeignKey Key)> Changing(LintStep step, string table)
        => step.ForeignKeysOn ? [.. step.Schema.ChildrenOf(table).Where(static child => child.Key.ChangesChildren)] : [];

    private static string Told(IEnumerable<(LintTable Child, ForeignKey Key)> children)
        => string.Join(", ", children.Select(static child => $"{child.Child.Name} ({string.Join(", ", child.Key.Columns)}: ON DELETE {child.Key.OnDelete})"));
}
