using System.Text;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>Small queries of the engine's own on a connection, to explain an error. They throw nothing.</summary>
internal sealed unsafe class SchemaReader(nint db)
{
    /// <summary>Reads all rows as text.</summary>
    /// <param name="sql">One statement that reads.</param>
    /// <param name="parameters">Values for <c>?1</c>, <c>?2</c> …</param>
    /// <returns><see langword="null"/> if it failed or took too long.</returns>
    public List<string?[]>? Query(string sql, params ReadOnlySpan<string> parameters)
    {
        if (!TryPrepare(sql, out var statement))
        {
            return null;
        }

        try
        {
            Bind(statement, parameters);
            var columns = Sqlite3.ColumnCount(statement);
            List<string?[]> rows = [];
            int code;
            while ((code = Sqlite3.Step(statement)) == Sqlite3.Row)
            {
                var row = new string?[columns];
                for (var i = 0; i < columns; i++)
                {
                    var text = Sqlite3.ColumnText(statement, i);
                    row[i] = text == null ? null : Sqlite3.ToText(text);
                }

                rows.Add(row);
            }

            return code == Sqlite3.Done ? rows : null;
        }
        finally
        {
            _ = Sqlite3.Finalize(statement); // repeats the code of the last step
        }
    }

    /// <summary>Runs a statement without a result.</summary>
    /// <returns>Whether it succeeded.</returns>
    public bool Run(string sql) => Query(sql) is not null;

    private static void Bind(nint statement, ReadOnlySpan<string> parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            var bytes = Encoding.UTF8.GetBytes(parameters[i]);
            fixed (byte* start = bytes)
            {
                _ = start == null ? Sqlite3.BindZeroBlob(statement, i + 1, 0) : Sqlite3.BindText(statement, i + 1, start, bytes.Length, Sqlite3.Transient); // fails only for want of memory: then nothing is found
            }
        }
    }

    private bool TryPrepare(string sql, out nint statement)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = bytes)
        {
            return Sqlite3.Prepare(db, start, bytes.Length, 0, out statement, out _) == Sqlite3.Ok;
        }
    }
}
