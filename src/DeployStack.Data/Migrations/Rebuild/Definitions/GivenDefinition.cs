using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>A whole new definition, whose columns take the values of the old ones by name.</summary>
internal sealed class GivenDefinition(TableDefinition old, TableChange change, ColumnNames names)
{
    public RebuildTarget ToTarget(string newName)
    {
        if (change.Adds.Count > 0 || change.Types.Count > 0)
        {
            throw names.Refuse("a whole definition and single changes of types or new columns are given. Write them into the definition.");
        }

        var given = TableDefinition.Parse(change.Definition!)
            ?? throw names.Refuse("its new definition is no plain CREATE TABLE statement with columns (no temporary or virtual table, no CREATE TABLE … AS). Correct it.");
        if (!SqlName.Same(given.Name, old.Name))
        {
            throw names.Refuse($"its new definition is one of {given.Name}. Give the definition the table's name; rename a table by ALTER TABLE.");
        }

        names.RefuseTwice(given.Columns.Select(static column => column.Name));
        foreach (var column in names.Kept.Where(column => given.Find(names.FinalOf(column)) is null))
        {
            throw names.Refuse(names.IsRenamed(column)
                ? $"{column.Name} is renamed to {names.FinalOf(column)}, which its new definition does not have. Add it there."
                : $"its new definition has no column {column.Name}. Say so: drop {column.Name}, or name what it is renamed to.");
        }

        var columns = given.Columns.Select((column, i) => Column(given, column, i)).ToList();
        return new(old, RebuildTarget.Renamed(given, newName), columns, names.Dropped, IsWrittenInFinalNames: true);
    }

    private TargetColumn Column(TableDefinition given, ColumnDefinition column, int index)
    {
        if (names.Source(column.Name) is { } source)
        {
            var working = names.IsRenamed(source) ? source.Name : column.Name;
            return TargetColumn.Of(column, working, column.Name, (source, old.IsStrict), given.IsStrict);
        }

        return names.IsDropped(column.Name)
            ? throw names.Refuse($"{column.Name} is dropped, and its new definition has it. Take it out of one of them.")
            : TargetColumn.Of(column, names.WorkingOf(column.Name, index), column.Name, null, given.IsStrict);
    }
}
