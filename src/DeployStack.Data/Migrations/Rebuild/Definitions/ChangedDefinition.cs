using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>The old definition with single changes written into it. Columns keep their old names in it until the end.</summary>
internal sealed class ChangedDefinition(TableDefinition old, TableChange change, ColumnNames names)
{
    public RebuildTarget ToTarget(string newName)
    {
        var kept = names.Kept.ToList();
        if (kept.Count == 0)
        {
            throw names.Refuse("no column would be left. Drop the table instead.");
        }

        var added = change.Adds.Select(Parse).ToList();
        names.RefuseTwice(kept.Select(names.FinalOf).Concat(added.Select(static column => column.Column.Name)));
        var editor = new DefinitionEditor(old);
        editor.Drop(names.Dropped);
        foreach (var (name, type) in change.Types)
        {
            editor.ChangeType(TypedColumn(name, type), type);
        }

        editor.Add(kept[^1], added.Select(column => Working(column, added)));
        var changed = TableDefinition.Parse(editor.ToString());
        if (changed is null || changed.Columns.Count != kept.Count + added.Count)
        {
            throw names.Refuse("the changed definition is no CREATE TABLE statement. Check the types and the added columns.");
        }

        var columns = changed.Columns.Select((column, i) => i < kept.Count
            ? TargetColumn.Of(column, column.Name, names.FinalOf(kept[i]), (kept[i], old.IsStrict), changed.IsStrict)
            : TargetColumn.Of(column, column.Name, added[i - kept.Count].Column.Name, null, changed.IsStrict));
        return new(old, RebuildTarget.Renamed(changed, newName), [.. columns], names.Dropped, IsWrittenInFinalNames: false);
    }

    private ColumnDefinition TypedColumn(string name, string type)
    {
        var column = names.Find(name);
        if (names.IsDropped(column.Name) || change.Types.Count(each => ReferenceEquals(names.Find(each.Column), column)) > 1)
        {
            throw names.Refuse($"the type of {column.Name} is changed twice, or the column is dropped. Name one change for it.");
        }

        return TableDefinition.Parse($"CREATE TABLE t (c {type}\n)") is { Columns: [var parsed], Constraints.Count: 0 } && parsed.Tokens.Count == 1 + parsed.TypeTokens
            ? column
            : throw names.Refuse($"the type given for {column.Name} is more than a type. Give the whole definition to change constraints.");
    }

    private (string Text, ColumnDefinition Column) Parse(string text)
    {
        var parsed = TableDefinition.Parse($"CREATE TABLE t ({text}\n)");
        return parsed is { Columns: [var column], Constraints.Count: 0 } && parsed.Tokens.Count(static token => token.Depth == 0) == 5
            ? (text, column)
            : throw names.Refuse("an added column is not given by exactly one column definition, such as: email TEXT NOT NULL DEFAULT ''.");
    }

    // the caller writes names as they are afterwards; until the end some columns have others
    private string Working((string Text, ColumnDefinition Column) added, List<(string Text, ColumnDefinition Column)> all)
    {
        var working = names.Kept.Where(names.IsRenamed).Select(column => (Final: names.FinalOf(column), Working: column.Name))
            .Concat(all.Select((column, i) => (Final: column.Column.Name, Working: names.WorkingOf(column.Column.Name, i))))
            .ToDictionary(static pair => pair.Final, static pair => pair.Working, SqlName.Comparer);
        var edits = new TextEdits(added.Text);
        foreach (var token in DdlToken.Of(added.Text).Where(static token => token.Kind is not Scripts.SqlTokenKind.Text))
        {
            if (token.IsName && working.TryGetValue(token.Value, out var name) && !SqlName.Same(name, token.Value))
            {
                edits.Replace(token.Start, token.End, SqlName.Plain(name));
            }
        }

        return edits.ToString();
    }
}
