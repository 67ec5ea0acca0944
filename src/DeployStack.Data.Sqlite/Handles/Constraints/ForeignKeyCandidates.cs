namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>Which foreign keys a statement can violate at all, from the schema alone: often there is only one.</summary>
internal sealed class ForeignKeyCandidates(SchemaReader schema, ForeignKeys keys)
{
    private readonly List<ForeignKey> _found = [];
    private readonly HashSet<(string Table, string Verb, string Columns)> _seen = [];
    private HashSet<string> _withTriggers = [];

    /// <summary>The keys that the statement can violate.</summary>
    /// <returns><see langword="null"/> if that cannot be told: a view or a trigger can write any table.</returns>
    public IReadOnlyList<ForeignKey>? Of(StatementTarget target)
    {
        if (schema.Query("SELECT lower(tbl_name) FROM sqlite_schema WHERE type = 'trigger' UNION ALL SELECT lower(tbl_name) FROM sqlite_temp_schema WHERE type = 'trigger'") is not { } triggers
            || schema.Query("SELECT sql LIKE '%REPLACE%' FROM sqlite_schema WHERE type = 'table' AND lower(name) = lower(?1)", target.Table) is not [[var mayReplace]])
        {
            return null;
        }

        _withTriggers = [.. triggers.Select(static row => row[0]!)];
        var complete = Visit(target.Table, target.Verb, null)
            && (!target.Upserts || Visit(target.Table, "UPDATE", null))
            && (!(target.Replaces || mayReplace is "1") || Visit(target.Table, "DELETE", null));
        return complete ? _found : null;
    }

    // columns: those that change; null for any.
    private bool Visit(string table, string verb, IReadOnlyList<string>? columns)
    {
        var name = table.ToLowerInvariant();
        if (_withTriggers.Contains(name))
        {
            return false;
        }

        if (!_seen.Add((name, verb, columns is null ? string.Empty : string.Join(',', columns))))
        {
            return true;
        }

        if (verb is "INSERT" or "UPDATE")
        {
            Add(keys.Of(table).Where(key => columns is null || key.Columns.Intersect(columns, StringComparer.OrdinalIgnoreCase).Any()));
        }

        return verb is "INSERT" || Follow(table, verb, columns);
    }

    // To the tables that refer to this one, whose rows follow or stand in the way.
    private bool Follow(string table, string verb, IReadOnlyList<string>? columns)
    {
        foreach (var key in keys.To(table).Where(key => columns is null || key.ParentColumns.Intersect(columns, StringComparer.OrdinalIgnoreCase).Any()))
        {
            var complete = (verb is "DELETE" ? key.OnDelete : key.OnUpdate) switch
            {
                "CASCADE" when verb is "DELETE" => Visit(key.Child, "DELETE", null),
                "CASCADE" or "SET DEFAULT" => Visit(key.Child, "UPDATE", key.Columns),
                "SET NULL" => Follow(key.Child, "UPDATE", key.Columns) && !_withTriggers.Contains(key.Child.ToLowerInvariant()),
                _ => Add([key]),
            };
            if (!complete)
            {
                return false;
            }
        }

        return true;
    }

    private bool Add(IEnumerable<ForeignKey> found)
    {
        _found.AddRange(found.Except(_found));
        return true;
    }
}
