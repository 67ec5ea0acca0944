using System.Diagnostics;
using DeployStack.Data.Sqlite.Errors;
using DeployStack.Data.Sqlite.Handles.Constraints;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Finds the tables and columns of a violated foreign key, of which SQLite says only that there is one.</summary>
/// <remarks>Best effort in bounded time: where it cannot be found out, the plain error stays. The transaction is left as
/// it was.</remarks>
internal static class ForeignKeyErrors
{
    // On large tables the look-ups take at most a twentieth of the writer's time, however many units fail.
    private const int PauseFactor = 20;

    private static readonly long _long = Stopwatch.Frequency / 50; // 20 ms

    /// <summary>The error of a statement that just failed, with its tables and columns where they can be found.</summary>
    /// <param name="handle">A handle with an open transaction.</param>
    /// <param name="error">The error without them.</param>
    /// <param name="statement">The failed statement, reset and with its parameters still bound.</param>
    public static DatabaseException Describe(SqliteHandle handle, DatabaseException error, SqliteStatement statement)
        => InBoundedTime(handle, error, schema => Find(handle, schema, statement));

    /// <summary>The error of a transaction that still violates a deferred foreign key.</summary>
    public static DatabaseException DescribeDeferred(SqliteHandle handle, DatabaseException error)
        => InBoundedTime(handle, error, static schema => ForeignKeys.Read(schema) is { } keys && ForeignKeySearch.Violations(schema, null, out var isComplete) is [var only] && isComplete
            ? keys.Find(only)
            : null);

    private static DatabaseException InBoundedTime(SqliteHandle handle, DatabaseException error, Func<SchemaReader, ForeignKey?> find)
    {
        var start = Stopwatch.GetTimestamp();
        if (start < handle.NextSearch)
        {
            return error;
        }

        handle.Guard.OnlyUntil = start + ForeignKeySearch.MaxTime;
        try
        {
            return find(new SchemaReader(handle.Db)) is { } key ? Named(error, key) : error;
        }
        finally
        {
            handle.Guard.OnlyUntil = null;
            var end = Stopwatch.GetTimestamp();
            if (end - start > _long)
            {
                handle.NextSearch = end + (PauseFactor * (end - start));
            }
        }
    }

    private static ForeignKey? Find(SqliteHandle handle, SchemaReader schema, SqliteStatement statement)
    {
        if (ForeignKeys.Read(schema) is not { } keys)
        {
            return null;
        }

        var target = StatementTarget.Of(statement.Sql);
        var candidates = target is null ? null : new ForeignKeyCandidates(schema, keys).Of(target);
        return candidates is [var only] ? only : new ForeignKeySearch(handle, schema, keys).Find(statement, target, candidates);
    }

    private static DatabaseException Named(DatabaseException error, ForeignKey key) => SqliteErrors.Refine(
        error,
        new(
            DatabaseErrorKind.ForeignKeyViolation,
            $"FOREIGN KEY constraint failed: {key.Child} ({string.Join(", ", key.Columns)}) refers to {key.Parent} ({string.Join(", ", key.ParentColumns)}), where the row is missing or would be",
            "Write the parent row first, or delete the child rows first.")
        {
            Kept = "The change was not made.",
            Table = key.Child,
            Columns = key.Columns,
            ParentTable = key.Parent,
        });
}
