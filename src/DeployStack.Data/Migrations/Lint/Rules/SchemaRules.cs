using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Rules;

/// <summary>SC: what the schema is not as its author thinks.</summary>
internal static class SchemaRules
{
    public static IEnumerable<LintDraft> Check(LintStep step) => step.Action switch
    {
        LintAction.CreateTable { IfNotExists: true } create when step.Schema.Has(create.Name) => [Hidden(step, create.Name, create.Definition)],
        LintAction.CreateIndex { IfNotExists: true } create when step.Schema.Has(create.Name) => [Hidden(step, create.Name, null)],
        LintAction.CreateDependent { IfNotExists: true } create when step.Schema.Has(create.Name) => [Hidden(step, create.Name, null)],
        LintAction.RenameTable rename => Renamed(step, rename),
        LintAction.RenameColumn rename => Named(step, rename.Table, rename.Column, static dependent => dependent.Kind is "VIEW")
            .Select(view => step.Find(LintRules.Dependent, $"The {view} follows RENAME COLUMN, and where it selects {rename.Column} without an alias its own column is renamed too. Look at what reads it, and acknowledge it.")),
        LintAction.DropTable drop => Dropped(step, drop),
        LintAction.DropColumn drop => Dropped(step, drop),
        _ => [],
    };

    /// <summary>Foreign keys whose columns lead no index, once all statements are known.</summary>
    /// <param name="step">The statement that made them.</param>
    /// <param name="table">Their table as it is now.</param>
    /// <param name="added">What the statement added to it.</param>
    public static IEnumerable<LintDraft> ForeignKeys(LintStep step, LintTable table, TableDefinition added)
        => from key in added.ForeignKeys
           where step.Schema.Table(table.Name) == table && key.Columns.All(column => table.Definition!.Column(column) is not null) && !IsIndexed(step.Schema, table, key)
           select step.Find(LintRules.ForeignKeyIndex, $"No index of {table.Name} begins with {string.Join(", ", key.Columns)}: each DELETE in {key.Parent} reads the whole table. Create one.");

    private static bool IsIndexed(LintSchema schema, LintTable table, ForeignKey key)
        => table.Definition!.Keys.Concat(schema.Indexes.Where(index => index.Table == table && !index.Partial).Select(static index => index.Columns))
            .Any(columns => columns.Take(key.Columns.Count).ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(key.Columns));

    private static LintDraft Hidden(LintStep step, string name, TableDefinition? definition)
    {
        var differs = definition is not null && step.Schema.Table(name)?.Definition is { } there
            && !there.Columns.Select(static column => column.Name).SequenceEqual(definition.Columns.Select(static column => column.Name), StringComparer.OrdinalIgnoreCase);
        return step.Find(LintRules.IfNotExists, $"{name} exists already{(differs ? " with other columns" : string.Empty)}, so that IF NOT EXISTS makes the statement do nothing. A migration runs once: leave the clause out, and change what is there.");
    }

    private static IEnumerable<LintDraft> Renamed(LintStep step, LintAction.RenameTable rename)
    {
        if (step.Schema.Table(rename.NewName) is not null)
        {
            yield break;
        }

        var broken = step.Schema.Dependents.Where(dependent => dependent.Mentions.Contains(rename.NewName)).Select(static dependent => dependent.Described).ToList();
        if (broken.Count > 0)
        {
            yield return step.Find(LintRules.Dependent, $"RENAME TO {rename.NewName} fails, because {string.Join(", ", broken)} names {rename.NewName}, which does not exist at this point. Drop it before the table and create it again behind the rename, or rebuild the table with the directive 'rebuild'.");
        }
    }

    private static IEnumerable<LintDraft> Dropped(LintStep step, LintAction.DropTable drop)
    {
        if (step.Behind.Any(action => action is LintAction.RenameTable rename ? LintStep.Equal(rename.NewName, drop.Name) : action is LintAction.CreateTable create && LintStep.Equal(create.Name, drop.Name)))
        {
            yield break; // it is there again
        }

        var table = step.Schema.Table(drop.Name);
        var broken = step.Schema.Dependents.Where(dependent => (table is null || dependent.Table != table) && dependent.Mentions.Contains(drop.Name)
            && !step.Behind.OfType<LintAction.DropObject>().Any(dropped => LintStep.Equal(dropped.Name, dependent.Name))).Select(static dependent => dependent.Described).ToList();
        if (broken.Count > 0)
        {
            yield return step.Find(LintRules.Dependent, $"{string.Join(", ", broken)} names {drop.Name} and fails from now on, as does every later RENAME. Drop it as well, or create it anew.");
        }
    }

    private static IEnumerable<LintDraft> Dropped(LintStep step, LintAction.DropColumn drop)
    {
        var broken = Named(step, drop.Table, drop.Column, static _ => true)
            .Concat(step.Schema.Indexes.Where(index => LintStep.Equal(index.Table.Name, drop.Table) && index.Columns.Contains(drop.Column, StringComparer.OrdinalIgnoreCase)).Select(static index => $"index {index.Name}"))
            .ToList();
        if (broken.Count > 0)
        {
            yield return step.Find(LintRules.Dependent, $"DROP COLUMN {drop.Table}.{drop.Column} fails if {string.Join(", ", broken)} uses it. Drop that before, and create it again without the column.");
        }
    }

    private static IEnumerable<string> Named(LintStep step, string table, string column, Func<LintDependent, bool> which)
        => step.Schema.Dependents
            .Where(dependent => which(dependent) && dependent.Mentions.Contains(column) && (dependent.Mentions.Contains(table) || (dependent.Table is { } own && LintStep.Equal(own.Name, table))))
            .Select(static dependent => dependent.Described);
}
