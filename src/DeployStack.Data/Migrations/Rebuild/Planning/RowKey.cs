using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>How a row of the old table is found in the new one.</summary>
/// <param name="New">The name of one key column in the new table.</param>
/// <param name="Join">The condition between <c>o</c> and <c>n</c>; the new table has an index for it.</param>
/// <param name="RowidTarget">Where the copy writes the rowid; <see langword="null"/> where a column is the key.</param>
/// <param name="RowidSource">What it writes there.</param>
internal sealed record RowKey(string New, string Join, string? RowidTarget = null, string? RowidSource = null)
{
    /// <exception cref="MigrationException">No row can be told from another, or rowids can be neither read nor written.</exception>
    public static RowKey Of(RebuildTarget target)
    {
        var old = target.Old;
        if (target.New.IsWithoutRowid)
        {
            return OfColumns(target.New.PrimaryKey.Select(name => target.Columns.First(column => SqlName.Same(column.Definition.Name, name))), old.Name);
        }

        var rowid = target.New.Rowid is { } column ? target.Columns.First(each => SqlName.Same(each.Definition.Name, column.Name)) : null;
        if (rowid is { IsCopied: true })
        {
            return OfColumns([rowid], old.Name);
        }

        if (old.IsWithoutRowid)
        {
            return OfColumns(old.PrimaryKey.Select(name => target.Columns.FirstOrDefault(each => SqlName.Same(each.Source?.Name, name))), old.Name);
        }

        var source = old.Rowid is { } key ? SqlName.Quote(key.Name) : old.FreeRowidName() ?? throw Shadowed(old.Name);
        var names = target.Columns.Select(static each => each.Working).ToHashSet(SqlName.Comparer);
        var written = rowid is not null ? SqlName.Quote(rowid.Working)
            : Array.Find(["rowid", "_rowid_", "oid"], name => !names.Contains(name)) ?? throw Shadowed(old.Name);
        return new(written, $"n.{written} = o.{source}", written, source);
    }

    private static RowKey OfColumns(IEnumerable<TargetColumn?> columns, string table)
    {
        var key = columns.ToList();
        return key.TrueForAll(static column => column is { IsCopied: true })
            ? new(SqlName.Quote(key[0]!.Working), string.Join(" AND ", key.Select(static column => $"n.{SqlName.Quote(column!.Working)} = {column.Value("o.")}")))
            : throw RebuildRefusal.Of(table, "a column of the primary key would be new or dropped, so that no row can be told from another in the copy. Keep the key in this rebuild, and change it in a second one.");
    }

    private static MigrationException Shadowed(string table)
        => RebuildRefusal.Of(table, "its columns take all names of the rowid (rowid, _rowid_, oid), and none is its INTEGER PRIMARY KEY, so that the rowids cannot be kept. Rename one of these columns by ALTER TABLE first.");
}
