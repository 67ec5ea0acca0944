using DeployStack.Data.Migrations.Lint.Parsing;

namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>The schema as the statements change it, one after the other.</summary>
internal sealed class LintSchema
{
    private readonly Dictionary<string, LintTable> _tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LintIndex> _indexes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LintDependent> _dependents = new(StringComparer.OrdinalIgnoreCase);

    public IEnumerable<LintTable> Tables => _tables.Values;

    public IEnumerable<LintIndex> Indexes => _indexes.Values;

    public IEnumerable<LintDependent> Dependents => _dependents.Values;

    /// <summary>The schema of a database.</summary>
    /// <param name="definitions">What <c>sqlite_schema</c> keeps in its column sql.</param>
    public static LintSchema Of(IEnumerable<string> definitions)
    {
        var schema = new LintSchema();
        var later = new List<LintAction>();
        foreach (var action in definitions.Select(ActionParser.Parse))
        {
            if (action is LintAction.CreateTable table)
            {
                schema._tables[table.Name] = new(table.Name, table.Definition) { LiveName = table.Name };
            }
            else
            {
                later.Add(action);
            }
        }

        later.ForEach(action => schema.Apply(action, trusting: true));
        return schema;
    }

    public LintTable? Table(string name) => _tables.GetValueOrDefault(name);

    public LintRows RowsOf(string table) => Table(table)?.Rows ?? LintRows.Unknown;

    public bool Has(string name) => _tables.ContainsKey(name) || _indexes.ContainsKey(name) || _dependents.ContainsKey(name);

    /// <summary>The foreign keys of other tables that refer to one.</summary>
    public IEnumerable<(LintTable Child, ForeignKey Key)> ChildrenOf(string table)
        => from child in Tables
           where !child.Name.Equals(table, StringComparison.OrdinalIgnoreCase)
           from key in child.Definition?.ForeignKeys ?? []
           where key.Parent.Equals(table, StringComparison.OrdinalIgnoreCase)
           select (child, key);

    /// <summary>Every table may have rows: time passes between two scripts.</summary>
    public void Fill()
    {
        foreach (var table in Tables)
        {
            table.Filled = true;
        }
    }

    /// <summary>Takes over the definition that a table is rebuilt to.</summary>
    public void Rebuild(LintAction action)
    {
        if (action is LintAction.CreateTable { Definition: { } definition } create && Table(create.Name) is { } table)
        {
            table.Definition = definition;
        }
    }

    /// <summary>Takes over what a statement changes.</summary>
    /// <param name="action">The statement.</param>
    /// <param name="trusting">Whether the triggers are there already, so that they filled nothing since.</param>
    public void Apply(LintAction action, bool trusting = false)
    {
        switch (action)
        {
            case LintAction.CreateTable create when !Has(create.Name):
                _tables[create.Name] = new(create.Name, create.Definition) { Filled = create.Sources.Count > 0 };
                break;
            case LintAction.DropTable drop:
                Drop(drop.Name);
                break;
            case LintAction.RenameTable rename:
                Rename(rename.Name, rename.NewName);
                break;
            case LintAction.AddColumn { Table: var name, Added: var added } when Table(name) is { Definition: { } definition } table:
                table.Definition = definition.With(added);
                break;
            case LintAction.DropColumn { Table: var name, Column: var column } when Table(name) is { Definition: { } definition } table:
                table.Definition = definition with { Columns = [.. definition.Columns.Where(each => !Equal(each.Name, column))] };
                break;
            case LintAction.RenameColumn rename when Table(rename.Table) is { } table:
                table.Definition = table.Definition is { } old ? Renamed(old, rename.Column, rename.NewName) : null;
                break;
            case LintAction.CreateIndex index when Table(index.Table) is { } table && !Has(index.Name):
                _indexes[index.Name] = new(index.Name, table, index.Columns, index.Partial);
                break;
            case LintAction.CreateDependent dependent when !_dependents.ContainsKey(dependent.Name):
                _dependents[dependent.Name] = new(dependent.Kind, dependent.Name, Table(dependent.Table), dependent.Mentions);
                MarkFilled(trusting ? [] : dependent.Mentions);
                break;
            case LintAction.DropObject { Kind: "INDEX" } dropped:
                _indexes.Remove(dropped.Name);
                break;
            case LintAction.DropObject dropped:
                _dependents.Remove(dropped.Name);
                break;
            case LintAction.Insert insert:
                MarkFilled([insert.Table]);
                break;
        }
    }

    private static bool Equal(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);

    private static TableDefinition Renamed(TableDefinition table, string column, string name)
    {
        return table with
        {
            Columns = [.. table.Columns.Select(each => Equal(each.Name, column) ? each with { Name = name } : each)],
            Keys = [.. table.Keys.Select(In)],
            ForeignKeys = [.. table.ForeignKeys.Select(key => key with { Columns = In(key.Columns) })],
        };

        IReadOnlyList<string> In(IReadOnlyList<string> columns) => [.. columns.Select(each => Equal(each, column) ? name : each)];
    }

    private void MarkFilled(IEnumerable<string> tables)
    {
        foreach (var table in tables.Select(Table).OfType<LintTable>())
        {
            table.Filled = true;
        }
    }

    private void Drop(string name)
    {
        if (_tables.Remove(name, out var table))
        {
            foreach (var index in _indexes.Values.Where(index => index.Table == table).ToList())
            {
                _indexes.Remove(index.Name);
            }

            foreach (var trigger in _dependents.Values.Where(trigger => trigger.Table == table).ToList())
            {
                _dependents.Remove(trigger.Name);
            }
        }
    }

    // as SQLite does since 3.26: foreign keys, views and triggers follow the name
    private void Rename(string name, string newName)
    {
        if (_tables.Remove(name, out var table))
        {
            table.Name = newName;
            _tables[newName] = table;
        }

        foreach (var child in Tables.Where(static each => each.Definition is not null))
        {
            child.Definition = child.Definition! with { ForeignKeys = [.. child.Definition.ForeignKeys.Select(key => Equal(key.Parent, name) ? key with { Parent = newName } : key)] };
        }

        foreach (var dependent in _dependents.Values.Where(dependent => dependent.Mentions.Contains(name)).ToList())
        {
            _dependents[dependent.Name] = dependent with { Mentions = new HashSet<string>([.. dependent.Mentions.Where(each => !Equal(each, name)), newName], StringComparer.OrdinalIgnoreCase) };
        }
    }
}
