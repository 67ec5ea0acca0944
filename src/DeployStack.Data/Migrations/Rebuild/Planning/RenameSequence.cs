using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Renames of columns, each by ALTER TABLE, in an order in which no name is taken yet.</summary>
internal static class RenameSequence
{
    /// <param name="table">The table.</param>
    /// <param name="renames">From and to; equal ones are left out.</param>
    public static IEnumerable<string> Sql(string table, IEnumerable<(string From, string To)> renames)
    {
        var pending = renames.Where(static rename => !string.Equals(rename.From, rename.To, StringComparison.Ordinal)).ToList();
        var behind = new List<string>();
        for (var i = 0; i < pending.Count; i++)
        {
            var (from, to) = pending[i];
            if (!pending.Exists(other => SqlName.Same(other.From, to) && !SqlName.Same(other.From, from)))
            {
                continue;
            }

            // names that change places: out of the way first
            var between = $"deploystack_renaming_{i}";
            yield return Rename(from, between);
            behind.Add(Rename(between, to));
            pending[i] = (between, between);
        }

        foreach (var (from, to) in pending.Where(static rename => !string.Equals(rename.From, rename.To, StringComparison.Ordinal)))
        {
            yield return Rename(from, to);
        }

        foreach (var sql in behind)
        {
            yield return sql;
        }

        string Rename(string from, string to) => $"ALTER TABLE {SqlName.Quote(table)} RENAME COLUMN {SqlName.Quote(from)} TO {SqlName.Plain(to)}";
    }
}
