using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>The current row of one prepared statement.</summary>
/// <remarks>Each <c>sqlite3_column_…</c> call takes the connection's mutex; the <c>sqlite3_value_…</c> calls do not. So a
/// column is asked for once, as a value, which is allowed because one thread at a time uses the handle.
/// https://www.sqlite.org/c3ref/column_blob.html</remarks>
internal sealed unsafe class SqliteRow(nint statement) : RowReader
{
    private string[]? _names;
    private int _prepared = -1;
    private int _ordinal = -1; // the column that the value and its kind belong to
    private nint _value;
    private StorageKind _kind;

    public override int FieldCount => Names.Length;

    private string[] Names => _names ??= ReadNames();

    public override string GetName(int ordinal) => Names[ordinal];

    public override StorageKind GetKind(int ordinal)
    {
        Seek(ordinal);
        return _kind;
    }

    public override long GetInt64(int ordinal)
    {
        Seek(ordinal);
        return Sqlite3.ValueInt64(_value);
    }

    public override double GetDouble(int ordinal)
    {
        Seek(ordinal);
        return Sqlite3.ValueDouble(_value);
    }

    public override string GetText(int ordinal)
    {
        Seek(ordinal);
        var text = Sqlite3.ValueText(_value);
        return Encoding.UTF8.GetString(text, Sqlite3.ValueBytes(_value)); // the length in UTF-8, asked for after the text
    }

    public override ReadOnlySpan<byte> GetBytes(int ordinal)
    {
        Seek(ordinal);
        var bytes = _kind == StorageKind.Text ? Sqlite3.ValueText(_value) : Sqlite3.ValueBlob(_value); // a database may store UTF-16
        return new(bytes, Sqlite3.ValueBytes(_value));
    }

    /// <summary>Forgets the values of the row before; called after each step.</summary>
    public void Moved() => _ordinal = -1;

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

    private void Seek(int ordinal)
    {
        if (ordinal != _ordinal)
        {
            _value = Sqlite3.ColumnValue(statement, ordinal);
            _kind = Sqlite3.ValueType(_value) switch
            {
                1 => StorageKind.Integer,
                2 => StorageKind.Real,
                3 => StorageKind.Text,
                4 => StorageKind.Blob,
                _ => StorageKind.Null,
            };
            _ordinal = ordinal;
        }
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
