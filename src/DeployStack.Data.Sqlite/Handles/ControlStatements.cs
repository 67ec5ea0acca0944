using System.Text;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>The engine's own statements of one handle, prepared once.</summary>
internal sealed class ControlStatements(nint db) : IDisposable
{
    private readonly Dictionary<string, nint> _statements = new(StringComparer.Ordinal);

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>SQLite's extended result code; 0 for success.</returns>
    public int Run(string sql)
    {
        if (!TryGet(sql, out var statement))
        {
            return Sqlite3.ExtendedErrorCode(db);
        }

        int code;
        do
        {
            code = Sqlite3.Step(statement);
        }
        while (code == Sqlite3.Row);

        if (code == Sqlite3.Done)
        {
            _ = Sqlite3.Reset(statement); // SQLITE_OK after SQLITE_DONE
            return Sqlite3.Ok;
        }

        return Sqlite3.Reset(statement) is var extended && extended != Sqlite3.Ok ? extended : code;
    }

    /// <summary>The first column of the first row; <see langword="null"/> if there is none or the statement fails.</summary>
    public unsafe string? ReadText(string sql)
    {
        if (!TryGet(sql, out var statement))
        {
            return null;
        }

        var text = Sqlite3.Step(statement) == Sqlite3.Row ? Sqlite3.ToText(Sqlite3.ColumnText(statement, 0)) : null;
        _ = Sqlite3.Reset(statement); // what is asked has no effect that could have failed
        return text;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            _ = Sqlite3.Finalize(statement); // repeats the code of the last step, which was reported there
        }

        _statements.Clear();
    }

    private unsafe bool TryGet(string sql, out nint statement)
    {
        if (_statements.TryGetValue(sql, out statement))
        {
            return true;
        }

        var bytes = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = bytes)
        {
            if (Sqlite3.Prepare(db, start, bytes.Length, Sqlite3.PreparePersistent, out statement, out _) != Sqlite3.Ok)
            {
                return false;
            }
        }

        _statements.Add(sql, statement);
        return true;
    }
}
