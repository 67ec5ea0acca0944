using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Rules;

/// <summary>DD: what succeeds on an empty database and fails, or changes values, on one with data.</summary>
internal static class DataDependentRules
{
    public static IEnumerable<LintDraft> Check(LintStep step) => step.Action switch
    {
        LintAction.AddColumn add => Added(step, add),
        LintAction.CreateIndex { Unique: true } index when !step.IsOwn(index.Table) => [step.Find(LintRules.UniqueIndex, $"The UNIQUE index {index.Name} fails where rows of {index.Table} are equal in {string.Join(", ", index.Columns.Where(static column => column.Length > 0).DefaultIfEmpty("it"))}. Remove the duplicates in a statement before it, or make sure that there are none and acknowledge it.", step.Schema.RowsOf(index.Table))],
        LintAction.DropTable drop => [.. Referenced(step, drop), .. HandRebuild.Of(step) is { } rebuild ? Rebuilt(step, rebuild) : []],
        _ => [],
    };

    private static IEnumerable<LintDraft> Added(LintStep step, LintAction.AddColumn add)
    {
        if (add.Added.Columns is not [var column, ..])
        {
            yield break;
        }

        var name = $"{add.Table}.{column.Name}";
        if (column.PrimaryKey || column.Unique || column.Stored)
        {
            yield return step.Find(LintRules.AddColumn, $"ADD COLUMN cannot add {name} as PRIMARY KEY, UNIQUE or STORED. Add it without, and create a UNIQUE index; or rebuild the table with the directive 'rebuild'.");
        }
        else if (column is { NotNull: true, Default: null, Generated: false })
        {
            yield return step.Find(LintRules.AddColumn, $"ADD COLUMN {name} NOT NULL fails where there are rows, because it has no default. Give it one, or rebuild the table with the directive 'rebuild'.", step.Schema.RowsOf(add.Table));
        }
        else if (column.Default is { } value && !IsConstant(value))
        {
            yield return step.Find(LintRules.AddColumn, $"ADD COLUMN {name} fails where there are rows, because its default is no constant. Give it a constant and an UPDATE, or rebuild the table with the directive 'rebuild'.", step.Schema.RowsOf(add.Table));
        }
        else if (column is { References: true, Default: not null } && step.ForeignKeysOn)
        {
            yield return step.Find(LintRules.AddColumn, $"ADD COLUMN {name} with REFERENCES and a default fails where there are rows and foreign keys are on. Leave the default out and follow it with an UPDATE.", step.Schema.RowsOf(add.Table));
        }
    }

    private static bool IsConstant(string value)
        => !value.StartsWith("CURRENT_", StringComparison.Ordinal) && (!value.StartsWith('(') || value.Split(' ') is ["(", _, ")"]);

    private static IEnumerable<LintDraft> Referenced(LintStep step, LintAction.DropTable drop)
    {
        var children = step.ForeignKeysOn ? step.Schema.ChildrenOf(drop.Name).Where(static child => !child.Key.ChangesChildren).ToList() : [];
        if (children.Count > 0)
        {
            yield return step.Find(
                LintRules.ReferencedDrop,
                $"DROP TABLE {drop.Name} fails while rows of {string.Join(", ", children.Select(static child => child.Child.Name).Distinct(StringComparer.OrdinalIgnoreCase))} refer to it. Drop those tables first; for a rebuild take the directive 'rebuild', or write PRAGMA foreign_keys=OFF into the script.",
                [.. children.Select(static child => child.Child.Rows)]);
        }
    }

    private static IEnumerable<LintDraft> Rebuilt(LintStep step, HandRebuild rebuild)
    {
        if (rebuild is not { Old: { Definition: { } old }, Copy.Definition: { } copy })
        {
            yield break;
        }

        var tightened = Tightened(old, copy).ToList();
        if (tightened.Count > 0)
        {
            yield return step.Find(LintRules.Tightened, $"The rebuild of {rebuild.Old.Name} adds {string.Join(", ", tightened)}: it fails on rows that do not meet it. Correct them in a statement before it, or make sure that there are none and acknowledge it.", rebuild.Old.Rows);
        }

        var changed = copy.Columns.Where(column => old.Column(column.Name) is { } before && !before.Type.Equals(column.Type, StringComparison.Ordinal)).Select(column => $"{column.Name} ({old.Column(column.Name)!.Type} → {column.Type})").ToList();
        if (changed.Count > 0)
        {
            yield return step.Find(LintRules.TypeChange, $"The rebuild of {rebuild.Old.Name} changes the type of {string.Join(", ", changed)}: values are converted where they look like the new type, and stay as they are where not. Cast them in the copy, or make sure that they fit and acknowledge it.", rebuild.Old.Rows);
        }
    }

    private static IEnumerable<string> Tightened(TableDefinition old, TableDefinition copy)
    {
        foreach (var column in copy.Columns.Where(static column => column is { NotNull: true, PrimaryKey: false }))
        {
            if (old.Column(column.Name) is { NotNull: false, PrimaryKey: false } || (old.Column(column.Name) is null && column.Default is null))
            {
                yield return $"NOT NULL to {column.Name}";
            }
        }

        foreach (var key in copy.Keys.Where(key => !old.Keys.Any(before => before.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(key))))
        {
            yield return $"a key over {string.Join(", ", key)}";
        }

        if (copy.Checks.Except(old.Checks, StringComparer.Ordinal).Any())
        {
            yield return "a CHECK";
        }
    }
}
