using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>The current row of one prepared statement.</summary>
internal sealed unsafe class SqliteRow(nint statement) : RowReader
{
    private string[]? _names;
    private int _prepared = -1;

    public override int FieldCount => Names.Length;

    private string[] Names => _names ??= ReadNames();

    public override string GetName(int ordinal) => Names[ordinal];

    public override StorageKind GetKind(int ordinal) => Sqlite3.ColumnType(statement, ordinal) switch
    {
        1 => StorageKind.Integer,
        2 => StorageKind.Real,
        3 => StorageKind.Text,
        4 => StorageKind.Blob,
        _ => StorageKind.Null,
    };

    public override long GetInt64(int ordinal) => Sqlite3.ColumnInt64(statement, ordinal);

    public override double GetDouble(int ordinal) => Sqlite3.ColumnDouble(statement, ordinal);

    public override string GetText(int ordinal)
    {
        var text = Sqlite3.ColumnText(statement, ordinal);
        return Encoding.UTF8.GetString(text, Sqlite3.ColumnBytes(statement, ordinal));
    }

    public override ReadOnlySpan<byte> GetBytes(int ordinal)
    {
        var bytes = Sqlite3.ColumnBlob(statement, ordinal); // for a text: its UTF-8 bytes as stored
        return new(bytes, Sqlite3.ColumnBytes(statement, ordinal));
    }

    /// <summary>Notices that SQLite prepared the statement again after a change of the schema.</summary>
    /// <returns>True if the columns may have changed since the last call.</returns>
    public bool Refresh()
    {
        var prepared = Sqlite3.StatementStatus(statement, Sqlite3.StatementReprepared, 0);
        if (prepared == _prepared)
        {
            return false;
        }

        _prepared = prepared;
        _names = null;
        return true;
    }

    private string[] ReadNames()
    {
        var names = new string[Sqlite3.ColumnCount(statement)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Sqlite3.ToText(Sqlite3.ColumnName(statement, i));
        }

        return names;
    }
}
