using DeployStack.Data.Provider;
using SQLitePCL;

namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>One prepared statement of the server.</summary>
internal sealed class RemoteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;

    public RemoteStatement(sqlite3 db, string sql)
    {
        _db = db;
        Check(raw.sqlite3_prepare_v2(db, sql, out _statement, out var tail));
        if (_statement.IsInvalid || HasMore(db, tail))
        {
            _statement.Dispose();
            throw new RemoteFault(RemoteFaultCode.NotOneStatement, "exactly one statement is expected");
        }
    }

    public bool IsReadOnly => raw.sqlite3_stmt_readonly(_statement) != 0;

    public void Bind(IReadOnlyDictionary<string, RemoteValue> values)
    {
        for (var i = 1; i <= raw.sqlite3_bind_parameter_count(_statement); i++)
        {
            var value = values[raw.sqlite3_bind_parameter_name(_statement, i).utf8_to_string()];
            Check(value.Kind switch
            {
                StorageKind.Integer => raw.sqlite3_bind_int64(_statement, i, value.Integer),
                StorageKind.Real => raw.sqlite3_bind_double(_statement, i, value.Real),
                StorageKind.Text => raw.sqlite3_bind_text(_statement, i, value.Bytes),
                StorageKind.Blob when value.Bytes!.Length == 0 => raw.sqlite3_bind_zeroblob(_statement, i, 0),
                StorageKind.Blob => raw.sqlite3_bind_blob(_statement, i, value.Bytes),
                _ => raw.sqlite3_bind_null(_statement, i),
            });
        }
    }

    public RemoteResult Run()
    {
        var columns = new string[raw.sqlite3_column_count(_statement)];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = raw.sqlite3_column_name(_statement, i).utf8_to_string();
        }

        List<RemoteValue[]> rows = [];
        var before = raw.sqlite3_total_changes(_db);
        int code;
        while ((code = raw.sqlite3_step(_statement)) == raw.SQLITE_ROW)
        {
            var row = new RemoteValue[columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Read(i);
            }

            rows.Add(row);
        }

        Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
        return new(columns, rows, raw.sqlite3_total_changes(_db) == before ? 0 : raw.sqlite3_changes(_db));
    }

    public void Dispose() => _statement.Dispose();

    private static bool HasMore(sqlite3 db, string? tail)
    {
        if (string.IsNullOrWhiteSpace(tail))
        {
            return false;
        }

        var code = raw.sqlite3_prepare_v2(db, tail, out var next, out _);
        using (next)
        {
            return code != raw.SQLITE_OK || !next.IsInvalid; // comments alone prepare to nothing
        }
    }

    private RemoteValue Read(int column) => raw.sqlite3_column_type(_statement, column) switch
    {
        raw.SQLITE_INTEGER => new(StorageKind.Integer, raw.sqlite3_column_int64(_statement, column)),
        raw.SQLITE_FLOAT => new(StorageKind.Real, Real: raw.sqlite3_column_double(_statement, column)),
        raw.SQLITE_TEXT => new(StorageKind.Text, Bytes: raw.sqlite3_column_blob(_statement, column).ToArray()),
        raw.SQLITE_BLOB => new(StorageKind.Blob, Bytes: raw.sqlite3_column_blob(_statement, column).ToArray()),
        _ => new(StorageKind.Null),
    };

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new RemoteFault(RemoteFaultCode.Statement, raw.sqlite3_errmsg(_db).utf8_to_string(), raw.sqlite3_extended_errcode(_db));
        }
    }
}
