using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Writes the statements of one rebuild, after the twelve steps of https://www.sqlite.org/lang_altertable.html#otheralter.</summary>
internal sealed class RebuildPlanner
{
    private readonly Catalogue _catalogue;
    private readonly TableRebuildOptions _options;
    private readonly RebuildTarget _target;
    private readonly RowKey _key;
    private readonly IReadOnlyList<CatalogueObject> _dependents;
    private readonly IReadOnlyList<CatalogueObject> _indexes;
    private readonly IReadOnlyList<string> _children;
    private readonly string _table;
    private readonly string _copy;
    private readonly string _scratch;
    private readonly List<RebuildStep> _steps = [];

    private RebuildPlanner(Catalogue catalogue, CatalogueObject table, TableChange change, TableRebuildOptions options)
    {
        _catalogue = catalogue;
        _options = options;
        _table = table.Name;
        _copy = catalogue.Unused($"new_{_table}");
        _scratch = catalogue.Unused($"proof_of_{_table}");
        var old = TableDefinition.Parse(table.Sql);
        var columns = catalogue.Columns.Where(column => SqlName.Same(column.TableName, _table));
        if (old is null || !old.Columns.Select(static column => (column.Name, column.IsGenerated)).SequenceEqual(columns.Select(static column => (column.Name, column.Hidden > 1))))
        {
            throw RebuildRefusal.Of(_table, "its definition in sqlite_schema is read in another way than the engine does. Write the change by hand, after the engine's documentation of ALTER TABLE.");
        }

        _target = RebuildTarget.Of(old, change, _copy);
        _key = RowKey.Of(_target);
        _dependents = catalogue.DependentsOf(_table);
        _indexes = [.. catalogue.Objects.Where(each => each.IsIndex && SqlName.Same(each.TableName, _table))];
        _children = catalogue.ChildrenOf(_table);
        new ColumnUses(_target, catalogue, _dependents).Refuse();
    }

    /// <exception cref="MigrationException">The table or the change is refused.</exception>
    public static TableRebuildPlan Plan(Catalogue catalogue, string name, TableChange change, TableRebuildOptions options, DatabaseCapabilities capabilities)
    {
        var table = RebuildableTable.Of(catalogue, name);
        var planner = new RebuildPlanner(catalogue, table, change, options);
        if (!capabilities.ForeignKeysOff && planner._children.Count > 0)
        {
            throw RebuildRefusal.NotSupported($"The table {table.Name} cannot be rebuilt on the engine '{capabilities.SystemName}': foreign keys lead to it from {SqlName.List(planner._children)}, and the engine cannot switch them off, so that dropping the old table would act on the rows there. Change the table by ALTER TABLE, or rebuild those tables without their foreign keys first.");
        }

        planner.Write();
        return new(table.Name, planner._steps, capabilities.ForeignKeysOff, [.. planner._indexes.Concat(planner._dependents).Select(static each => each.ToString())]);
    }

    private static string Quote(string name) => SqlName.Quote(name);

    private void Write()
    {
        Prepare();
        CreateCopy();
        CopyRows();
        Prove();
        Exchange();
        Recreate();
        Verify();
    }

    private void Prepare()
    {
        Check(CatalogueGuard.Sql(_catalogue, [_table, .. _dependents.Where(static each => each.IsView).Select(static each => each.Name)]), "the schema around the table is not what it was when the rebuild was planned: an earlier statement of the same migration changed it, or another process did. Put the rebuild in its own migration, or try again.");
        foreach (var column in _target.Columns.Where(column => column is { Source: null, Definition.NeedsValue: true } && !SqlName.Same(column.Definition.Name, _target.New.Rowid?.Name)))
        {
            Check($"SELECT 1 FROM {Quote(_table)} LIMIT 1", $"the new column {column.Final} is NOT NULL without a default, and the table has rows. Give it a default.");
        }

        Add($"CREATE TABLE {Quote(_scratch)} (child TEXT NOT NULL, rows INTEGER NOT NULL)", "making room for row counts");
        foreach (var child in _children)
        {
            Add($"INSERT INTO {Quote(_scratch)} SELECT {SqlName.Text(child)}, count(*) FROM {Quote(child)}", $"counting the rows of {child}");
        }

        LookInto(_catalogue.Objects.Except(_dependents)); // a view that is broken already stops every rename
        foreach (var each in _dependents.Reverse())
        {
            Add($"DROP {each.Type.ToUpperInvariant()} {Quote(each.Name)}", $"dropping the {each} for a moment");
        }
    }

    private void CreateCopy()
    {
        Add(_target.New.Sql, "creating the new definition");
        Check(NewDefinition.DifferenceSql(_target.New), "its new definition is read in another way than the engine does. Simplify it.");
        foreach (var sql in RenameSequence.Sql(_copy, _target.Columns.Select(static column => (column.Definition.Name, column.Working))))
        {
            Add(sql, "giving a column its old name for a moment");
        }
    }

    private void CopyRows()
    {
        var copied = _target.Columns.Where(static column => column.IsCopied).ToList();
        string[] rowid = _key.RowidTarget is null ? [] : [_key.RowidTarget];
        string[] value = _key.RowidSource is null ? [] : [_key.RowidSource];
        var columns = string.Join(", ", rowid.Concat(copied.Select(static column => Quote(column.Working))));
        var values = string.Join(", ", value.Concat(copied.Select(static column => column.Value(string.Empty))));

        // OR ABORT: a conflict clause of the definition must not leave out or replace rows
        Add($"INSERT OR ABORT INTO {Quote(_copy)} ({columns})\nSELECT {values} FROM {Quote(_table)}", TableRebuildPlan.Copying);
    }

    private void Prove()
    {
        Check(ContentProof.CountSql(_table, _copy), "the copy has another number of rows.");
        foreach (var sql in ContentProof.ValuesSql(_table, _copy, _key, _target.Columns))
        {
            Check(sql, "a row of the copy does not have the values of the old one.");
        }

        foreach (var column in _options.AllowLossyCast ? [] : _target.Columns.Where(static column => column.IsConverted))
        {
            var type = column.Definition.Type.Length > 0 ? column.Definition.Type : "no type";
            Check(ContentProof.LossSql(_table, _copy, _key, column), $"{column.Source!.Name} has values that {type} would not keep. Correct them, or allow the loss ({nameof(TableRebuildOptions.AllowLossyCast)}; in a script: 'allow lossy cast').");
        }
    }

    private void Exchange()
    {
        if (_target.Old.IsAutoincrement && _target.New.IsAutoincrement)
        {
            Add($"UPDATE sqlite_sequence SET seq = max(seq, (SELECT old.seq FROM sqlite_sequence AS old WHERE old.name = {SqlName.Text(_table)}))\nWHERE name = {SqlName.Text(_copy)} AND EXISTS (SELECT 1 FROM sqlite_sequence AS old WHERE old.name = {SqlName.Text(_table)})", "keeping the AUTOINCREMENT high-water mark");
            Add($"INSERT INTO sqlite_sequence (name, seq) SELECT {SqlName.Text(_copy)}, old.seq FROM sqlite_sequence AS old\nWHERE old.name = {SqlName.Text(_table)} AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = {SqlName.Text(_copy)})", "keeping the AUTOINCREMENT high-water mark of an empty table");
        }

        Add($"DROP TABLE {Quote(_table)}", "dropping the old table");
        Add($"ALTER TABLE {Quote(_copy)} RENAME TO {Quote(_table)}", "giving the copy the table's name, for which every view and trigger of the schema has to resolve");
    }

    private void Recreate()
    {
        foreach (var each in _indexes.Concat(_dependents))
        {
            Add(each.Sql, $"creating the {each} again");
        }

        foreach (var sql in RenameSequence.Sql(_table, _target.Columns.Select(static column => (column.Working, column.Final))))
        {
            Add(sql, _dependents.Count == 0 ? "renaming a column" : $"renaming a column, for which the names in {SqlName.List(_dependents.Select(static each => each.ToString()))} have to resolve");
        }

        if (_catalogue.HasStatistics)
        {
            Add($"ANALYZE {Quote(_table)}", "gathering statistics");
        }
    }

    private void LookInto(IEnumerable<CatalogueObject> objects)
    {
        foreach (var view in objects.Where(static each => each.IsView))
        {
            Check($"SELECT 1 FROM {Quote(view.Name)} LIMIT 0", $"the view {view.Name} has rows where none can be.", $"looking into the view {view.Name}");
        }
    }

    private void Verify()
    {
        LookInto(_dependents);

        foreach (var (triggers, sql) in TriggerProbe.Of(_dependents.Where(static each => each.IsTrigger), ColumnsOf))
        {
            Add(sql, $"compiling the triggers ({triggers}), whose statements have to fit the new definition");
        }

        // a rename makes the engine resolve every name in every view and trigger
        var renamed = _catalogue.Unused($"{_scratch}_checked");
        Add($"ALTER TABLE {Quote(_scratch)} RENAME TO {Quote(renamed)}", "resolving the names in views and triggers");
        foreach (var child in _children)
        {
            Check($"SELECT 1 FROM {Quote(renamed)} WHERE child = {SqlName.Text(child)} AND rows <> (SELECT count(*) FROM {Quote(child)})", $"the table {child}, whose foreign key leads here, has another number of rows than before.");
        }

        Check(TableRebuildPlan.ForeignKeyCheck, "rows violate a foreign key (PRAGMA foreign_key_check). Correct them first.");
        Add($"DROP TABLE {Quote(renamed)}", "clearing up");
    }

    private IReadOnlyList<string> ColumnsOf(string table) => SqlName.Same(table, _table)
        ? [.. _target.Columns.Where(static column => !column.Definition.IsGenerated).Select(static column => column.Final)]
        : [.. _catalogue.Columns.Where(column => SqlName.Same(column.TableName, table) && column.Hidden == 0).Select(static column => column.Name)];

    private void Add(string sql, string purpose) => Add(new RebuildStep(sql, purpose));

    private void Check(string sql, string refusal, string purpose = "checking") => Add(new RebuildStep(sql, purpose, refusal));

    // an error names its statement by the text: a comment tells those that are equal apart
    private void Add(RebuildStep step)
        => _steps.Add(_steps.Exists(each => string.Equals(each.Sql, step.Sql, StringComparison.Ordinal)) ? step with { Sql = $"{step.Sql} /* {_steps.Count + 1} */" } : step);
}
