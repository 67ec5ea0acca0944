using System.Text;
using SQLitePCL;

namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>Finds the key behind "FOREIGN KEY constraint failed": runs the statement once more with deferred keys and asks
/// which row is left without its parent.</summary>
internal static class RemoteForeignKeys
{
    private static readonly Dictionary<string, RemoteValue> _none = [];

    /// <param name="db">The server's connection, inside the transaction.</param>
    /// <param name="fault">What SQLite said.</param>
    /// <param name="request">The statement, which SQLite has undone; none at COMMIT, where the row is still there.</param>
    public static RemoteFault Explain(sqlite3 db, RemoteFault fault, RemoteRequest? request = null)
    {
        Run(db, "SAVEPOINT explain");
        try
        {
            if (request is not null)
            {
                Run(db, "PRAGMA defer_foreign_keys = ON");
                Run(db, request.Sql, request.Values);
            }

            if (Run(db, "PRAGMA foreign_key_check").Rows is not [[var table, _, var parent, var key], ..])
            {
                return fault;
            }

            var columns = Run(db, $"PRAGMA foreign_key_list(\"{Text(table)}\")").Rows.Where(row => row[0].Integer == key.Integer).Select(row => Text(row[3]));
            return new(fault.Code, fault.Message, fault.Native) { Table = Text(table), Parent = Text(parent), Columns = [.. columns] };
        }
        finally
        {
            Run(db, "ROLLBACK TO explain");
            Run(db, "RELEASE explain");
        }
    }

    private static string Text(RemoteValue value) => Encoding.UTF8.GetString(value.Bytes!);

    private static RemoteResult Run(sqlite3 db, string sql, IReadOnlyDictionary<string, RemoteValue>? values = null)
    {
        using var statement = new RemoteStatement(db, sql);
        statement.Bind(values ?? _none);
        return statement.Run();
    }
}
