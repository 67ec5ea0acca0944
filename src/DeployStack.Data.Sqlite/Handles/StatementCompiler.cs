using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles.Principals;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Makes a prepared statement of SQL text: exactly one, and nothing that would take the unit out of the engine's hands.</summary>
internal sealed unsafe class StatementCompiler(SqliteHandle handle)
{
    /// <summary>Compiles one statement.</summary>
    /// <param name="sql">As the caller wrote it.</param>
    /// <param name="cached">Whether the statement goes back to the cache.</param>
    /// <param name="confine">Confines the text that SQLite gets to a principal; <see langword="null"/> for the host.</param>
    /// <exception cref="DatabaseException">The SQL is wrong, not one statement, or more than the principal may do.</exception>
    public SqliteStatement Compile(string sql, bool cached, Func<string, Confinement>? confine)
    {
        StatementGuard.Check(sql);
        var text = ListParameters.Expand(sql, ListParameters.AsJsonArray);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.AsSpan().Contains((byte)0))
        {
            throw new DatabaseException(DatabaseErrorKind.InvalidSql, "The SQL text holds a NUL character; SQLite would stop reading there. Remove it, or bind the text as a parameter.") { Sql = sql };
        }

        fixed (byte* start = bytes)
        {
            if (start == null)
            {
                throw Empty(sql);
            }

            if (confine?.Invoke(text) is not { } confinement)
            {
                return Compile(sql, start, bytes.Length, cached, null);
            }

            if (StatementProbe.IsNeeded(text) && handle.Watch.Probe.Ask(confinement, out _) is { } denial)
            {
                throw denial.ToException(sql, handle.CurrentLabel);
            }

            handle.Authorizer.Enter(confinement);
            try
            {
                return Compile(sql, start, bytes.Length, cached, confinement);
            }
            finally
            {
                handle.Authorizer.Leave();
            }
        }
    }

    private SqliteStatement Compile(string sql, byte* start, int length, bool cached, Confinement? confinement)
    {
        var code = Sqlite3.Prepare(handle.Db, start, length, Sqlite3.PreparePersistent, out var statement, out var tail);
        if (code != Sqlite3.Ok)
        {
            throw handle.Failed(NativeFailure.Read(handle.Db), sql);
        }

        if (statement == 0)
        {
            throw Empty(sql);
        }

        if (HasSecond(tail, start + length))
        {
            _ = Sqlite3.Finalize(statement); // it never ran: there is no code to repeat
            throw new DatabaseException(DatabaseErrorKind.InvalidSql, "One statement was asked for and the text holds more. Call once per statement, or use ExecuteBatchAsync.") { Sql = sql };
        }

        if (confinement is not null && handle.Authorizer.TakeDenial() is { } denial)
        {
            _ = Sqlite3.Finalize(statement); // it never ran: there is no code to repeat
            throw denial.ToException(sql, handle.CurrentLabel); // SQLite went on without what was refused
        }

        return new(handle, statement, sql, cached, confinement);
    }

    // What is left behind the first statement counts only if SQLite finds a statement in it: comments do not.
    private bool HasSecond(byte* tail, byte* end)
    {
        while (tail < end)
        {
            var code = Sqlite3.Prepare(handle.Db, tail, (int)(end - tail), 0, out var statement, out var next);
            if (code != Sqlite3.Ok)
            {
                return true;
            }

            if (statement != 0)
            {
                _ = Sqlite3.Finalize(statement); // it never ran: there is no code to repeat
                return true;
            }

            if (next <= tail)
            {
                return false;
            }

            tail = next;
        }

        return false;
    }

    private static DatabaseException Empty(string sql)
        => new(DatabaseErrorKind.InvalidSql, "The SQL text holds no statement.") { Sql = sql };
}
