using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>Which old columns are renamed, dropped or stay.</summary>
internal sealed class ColumnNames
{
    private readonly Dictionary<string, string> _finalOf = new(SqlName.Comparer);
    private readonly HashSet<string> _dropped = new(SqlName.Comparer);

    private ColumnNames(TableDefinition old, TableChange change)
    {
        Old = old;
        foreach (var (from, to) in change.Renames)
        {
            var column = Find(from);
            if (!_finalOf.TryAdd(column.Name, to))
            {
                throw Refuse($"{column.Name} is renamed twice. Name one new name.");
            }
        }

        foreach (var name in change.Drops)
        {
            var column = Find(name);
            if (_finalOf.ContainsKey(column.Name) || !_dropped.Add(column.Name))
            {
                throw Refuse($"{column.Name} is to be dropped and renamed, or dropped twice. Name one change for it.");
            }
        }

        RefuseTwice(Kept.Select(FinalOf));
    }

    public TableDefinition Old { get; }

    /// <summary>The columns that are not dropped, in their order.</summary>
    public IEnumerable<ColumnDefinition> Kept => Old.Columns.Where(column => !_dropped.Contains(column.Name));

    public IReadOnlyList<ColumnDefinition> Dropped => [.. Old.Columns.Where(column => _dropped.Contains(column.Name))];

    /// <exception cref="MigrationException">A column is not there, or is changed in two ways.</exception>
    public static ColumnNames Of(TableDefinition old, TableChange change) => new(old, change);

    public string FinalOf(ColumnDefinition column) => _finalOf.GetValueOrDefault(column.Name, column.Name);

    public bool IsRenamed(ColumnDefinition column) => _finalOf.ContainsKey(column.Name);

    public bool IsDropped(string column) => _dropped.Contains(column);

    /// <summary>A kept column by its name afterwards, or <see langword="null"/>.</summary>
    public ColumnDefinition? Source(string final) => Kept.FirstOrDefault(column => SqlName.Same(FinalOf(column), final));

    /// <summary>An old column by its name now or, where no column has that, afterwards.</summary>
    /// <exception cref="MigrationException">There is none.</exception>
    public ColumnDefinition Find(string column)
        => Old.Find(column) ?? Old.Columns.FirstOrDefault(each => IsRenamed(each) && SqlName.Same(FinalOf(each), column))
            ?? throw Refuse($"it has no column {column}. Its columns are {SqlName.List(Old.Columns.Select(static each => each.Name))}.");

    /// <summary>The name that a new column has until the end: another than its own where an old column still has that.</summary>
    public string WorkingOf(string added, int index)
        => Kept.Any(column => SqlName.Same(column.Name, added)) ? $"deploystack_added_{index}" : added;

    public void RefuseTwice(IEnumerable<string> finals)
    {
        if (finals.GroupBy(static name => name, SqlName.Comparer).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            throw Refuse($"two columns would be called {twice.Key}. Give one another name.");
        }
    }

    public MigrationException Refuse(string reason) => RebuildRefusal.Of(Old.Name, reason);
}
