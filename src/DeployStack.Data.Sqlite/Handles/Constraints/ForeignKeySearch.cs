using System.Diagnostics;
using System.Globalization;
using DeployStack.Data.Schema;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>Finds a violated foreign key by experiment: the failed statement runs again in a savepoint, with its foreign
/// keys deferred, so that SQLite can be asked which one its rows violate; then everything is rolled back.</summary>
internal sealed class ForeignKeySearch(SqliteHandle handle, SchemaReader schema, ForeignKeys keys)
{
    /// <summary>How long all reading around an error may take: 200 ms, in stopwatch ticks.</summary>
    public static readonly long MaxTime = Stopwatch.Frequency / 5;

    private const string Savepoint = "ds_foreign_key";
    private const long NoRow = long.MinValue;

    /// <summary>Searches.</summary>
    /// <param name="statement">The statement that failed.</param>
    /// <param name="target">The table that it writes, where known.</param>
    /// <param name="candidates">The keys it can violate, where known.</param>
    /// <returns><see langword="null"/> if it was not found.</returns>
    public ForeignKey? Find(SqliteStatement statement, StatementTarget? target, IReadOnlyList<ForeignKey>? candidates)
    {
        var children = candidates?.Select(static key => key.Child).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(Size).ToList();

        // With foreign keys deferred already, what failed is immediate in any case (RESTRICT): it would fail again.
        if (!statement.IsCheapToRepeat() || schema.Query("PRAGMA defer_foreign_keys") is not [["0"]] || !schema.Run($"SAVEPOINT {Savepoint}"))
        {
            return null;
        }

        IReadOnlyList<(string Child, long Id)> after = [];
        var isComplete = false;
        var until = handle.Guard.OnlyUntil;
        var lastRow = Sqlite3.LastInsertRowId(handle.Db);
        var changes = Sqlite3.TotalChanges(handle.Db);
        try
        {
            if (!schema.Run("PRAGMA defer_foreign_keys=ON"))
            {
                return null;
            }

            var code = Repeat(statement);
            if (code != Sqlite3.Ok)
            {
                return (code & 0xff) == Sqlite3.Constraint && candidates?.Where(key => Restricts(key, target)).ToList() is [var immediate] ? immediate : null;
            }

            if (target is { Verb: "INSERT" } && OfNewRow(target.Table) is { } found)
            {
                return found;
            }

            after = Violations(schema, children, out isComplete);
        }
        finally
        {
            handle.UndoneChanges += Sqlite3.TotalChanges(handle.Db) - changes;
            handle.Guard.OnlyUntil = long.MaxValue; // what follows must not be stopped
            _ = schema.Run($"ROLLBACK TO {Savepoint}"); // fails only if SQLite ended the transaction, which the caller asks it
            _ = schema.Run($"RELEASE {Savepoint}"); // likewise
            _ = schema.Run("PRAGMA defer_foreign_keys=OFF"); // cannot fail
            Sqlite3.SetLastInsertRowId(handle.Db, lastRow);
            handle.Guard.OnlyUntil = until;
        }

        if (after is [] || (isComplete && after is [_]))
        {
            return after is [var only] ? keys.Find(only) : null;
        }

        // Some of them may be old: rows that were written while foreign keys were off.
        var before = Violations(schema, [.. after.Select(static key => key.Child).Distinct(StringComparer.OrdinalIgnoreCase)], out isComplete);
        return isComplete && after.Except(before).ToList() is [var first, ..] ? keys.Find(first) : null;
    }

    /// <summary>The keys that rows violate now.</summary>
    /// <param name="schema">Where to ask.</param>
    /// <param name="children">The tables to check, in this order; <see langword="null"/> for all.</param>
    /// <param name="isComplete">False if a check failed or took too long: then there may be more.</param>
    public static IReadOnlyList<(string Child, long Id)> Violations(SchemaReader schema, IReadOnlyList<string>? children, out bool isComplete)
    {
        List<(string Child, long Id)> all = [];
        foreach (var child in children ?? [string.Empty])
        {
            var found = Parse(children is null
                ? schema.Query("SELECT DISTINCT \"table\", fkid FROM pragma_foreign_key_check")
                : schema.Query("SELECT DISTINCT \"table\", fkid FROM pragma_foreign_key_check(?1)", child));
            if (found is null)
            {
                isComplete = false;
                return all;
            }

            all.AddRange(found);
        }

        isComplete = true;
        return all;
    }

    // Small tables first: they are checked before the time is up.
    private long Size(string table)
        => schema.Query($"SELECT max(rowid) FROM {SqlName.Quote(table)}") is [[{ } rows]] ? long.Parse(rows, CultureInfo.InvariantCulture) : 0;

    private static List<(string Child, long Id)>? Parse(List<string?[]>? rows)
        => rows?.ConvertAll(static row => (row[0]!, long.Parse(row[1]!, CultureInfo.InvariantCulture)));

    // What is not deferred even now.
    private static bool Restricts(ForeignKey key, StatementTarget? target)
        => (key.OnDelete is "RESTRICT" && target is not { Verb: "UPDATE" }) || (key.OnUpdate is "RESTRICT" && target is not { Verb: "DELETE" });

    // An interrupt of a writing statement would end the whole transaction: the repetition is bounded beforehand instead.
    private int Repeat(SqliteStatement statement)
    {
        var until = handle.Guard.OnlyUntil;
        handle.Guard.OnlyUntil = long.MaxValue;
        Sqlite3.SetLastInsertRowId(handle.Db, NoRow);
        var code = statement.Repeat();
        handle.Guard.OnlyUntil = until;
        return code;
    }

    // One new row: its parents are looked up by their keys, however large the tables are.
    private ForeignKey? OfNewRow(string table)
    {
        var newRow = Sqlite3.LastInsertRowId(handle.Db);
        if (newRow == NoRow || Sqlite3.Changes(handle.Db) != 1)
        {
            return null;
        }

        var row = newRow.ToString(CultureInfo.InvariantCulture);
        return keys.Of(table).FirstOrDefault(key => key.ParentColumns.Count == key.Columns.Count && schema.Query(RowQuery(key), row) is { Count: 1 });
    }

    private static string RowQuery(ForeignKey key)
    {
        var given = string.Join(" AND ", key.Columns.Select(static column => $"c.{SqlName.Quote(column)} IS NOT NULL"));
        var equal = string.Join(" AND ", key.Columns.Select((column, i) => $"p.{SqlName.Quote(key.ParentColumns[i])} = c.{SqlName.Quote(column)}"));
        return $"SELECT 1 FROM {SqlName.Quote(key.Child)} AS c WHERE c.rowid = CAST(?1 AS INTEGER) AND {given} AND NOT EXISTS (SELECT 1 FROM {SqlName.Quote(key.Parent)} AS p WHERE {equal})";
    }
}
