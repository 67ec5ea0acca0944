using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles.Principals;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>One prepared statement of a handle.</summary>
internal sealed unsafe class SqliteStatement : ProviderCommand
{
    private const int StackLimit = 512;
    private const int KeepLimit = 64 * 1024;
    private const int CheapSteps = 200_000; // about 10 ms

    private readonly SqliteHandle _handle;
    private readonly string[] _parameters;
    private readonly SqliteRow _row;
    private readonly bool _changesRows;
    private nint _statement;
    private bool _holdsLargeValue;

    public SqliteStatement(SqliteHandle handle, nint statement, string sql, bool cached, Confinement? confinement = null)
    {
        _handle = handle;
        _statement = statement;
        Sql = sql;
        Confinement = confinement;
        IsCached = cached;
        IsReadOnly = Sqlite3.StatementReadOnly(statement) != 0;
        MayChangeState = StateChange.IsPossible(sql);
        _changesRows = !IsReadOnly && StateChange.OfRows(sql);
        _row = new(statement);
        _parameters = new string[Sqlite3.BindParameterCount(statement)];
        for (var i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] = Sqlite3.ToText(Sqlite3.BindParameterName(statement, i + 1));
        }
    }

    public override string Sql { get; }

    public override bool IsReadOnly { get; }

    public override int ParameterCount => _parameters.Length;

    public override RowReader Row => _row;

    /// <summary>On whose behalf it runs; <see langword="null"/> for the host.</summary>
    public Confinement? Confinement { get; }

    /// <summary>Whether the statement goes back to the cache when it is disposed.</summary>
    public bool IsCached { get; }

    /// <summary>Whether running it can change the state of the connection.</summary>
    public bool MayChangeState { get; }

    /// <summary>Whether a command is using it now.</summary>
    public bool InUse { get; private set; }

    private bool IsActive { get; set; }

    public override string GetParameterName(int index) => _parameters[index];

    public override void BindNull(int index) => Check(Sqlite3.BindNull(_statement, index + 1));

    public override void BindInt64(int index, long value) => Check(Sqlite3.BindInt64(_statement, index + 1, value));

    public override void BindDouble(int index, double value) => Check(Sqlite3.BindDouble(_statement, index + 1, value));

    [SkipLocalsInit] // the buffer is written before it is read; clearing it would cost more than the encoding
    public override void BindText(int index, ReadOnlySpan<char> value)
    {
        if (value.Length <= StackLimit)
        {
            var buffer = stackalloc byte[(StackLimit * 3) + 1]; // a UTF-16 unit is at most 3 bytes
            var length = Encoding.UTF8.GetBytes(value, new Span<byte>(buffer, StackLimit * 3));
            Check(Sqlite3.BindShortText(_statement, index + 1, buffer, length, Sqlite3.Transient));
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(value, rented);
            _holdsLargeValue |= length > KeepLimit;
            fixed (byte* bytes = rented)
            {
                Check(Sqlite3.BindText(_statement, index + 1, bytes, length, Sqlite3.Transient));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public override void BindBlob(int index, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            Check(Sqlite3.BindZeroBlob(_statement, index + 1, 0)); // a null pointer would bind NULL
            return;
        }

        _holdsLargeValue |= value.Length > KeepLimit;
        fixed (byte* bytes = value)
        {
            Check(Sqlite3.BindBlob(_statement, index + 1, bytes, value.Length, Sqlite3.Transient));
        }
    }

    public override ValueTask<int> ExecuteAsync() => new(Execute());

    public override ValueTask<bool> ReadAsync() => new(Step());

    /// <summary>Runs the statement to its end.</summary>
    public int Execute()
    {
        while (Step())
        {
        }

        return _changesRows ? checked((int)Sqlite3.Changes(_handle.Db)) : 0;
    }

    /// <summary>Marks the statement as taken by a command.</summary>
    public void Take() => InUse = true;

    public override void Dispose()
    {
        if (!InUse)
        {
            return;
        }

        InUse = false;
        Reset();
        if (_holdsLargeValue)
        {
            _holdsLargeValue = false;
            _ = Sqlite3.ClearBindings(_statement); // always SQLITE_OK
        }

        _handle.Return(this);
    }

    /// <summary>Ends the execution without giving the statement back.</summary>
    public void Reset()
    {
        if (IsActive)
        {
            IsActive = false;
            _ = Sqlite3.Reset(_statement); // repeats the code of the last step, which was reported there
        }
    }

    /// <summary>Frees the statement in SQLite.</summary>
    public void Destroy()
    {
        if (_statement != 0)
        {
            _ = Sqlite3.Finalize(_statement); // repeats the code of the last step, which was reported there
            _statement = 0;
        }
    }

    /// <summary>Whether another run would be short, going by SQLite's count of the steps of earlier ones: while it writes
    /// it cannot be stopped without ending the transaction.</summary>
    public bool IsCheapToRepeat()
    {
        var runs = Sqlite3.StatementStatus(_statement, Sqlite3.StatementRuns, 1);
        return Sqlite3.StatementStatus(_statement, Sqlite3.StatementSteps, 1) / Math.Max(runs, 1) < CheapSteps;
    }

    /// <summary>Runs the statement once more with the values that are bound, without its rows and without an exception.</summary>
    /// <returns>SQLite's extended result code; 0 for success.</returns>
    public int Repeat()
    {
        int code;
        do
        {
            code = StepNative();
        }
        while (code == Sqlite3.Row);

        return Sqlite3.Reset(_statement) is var extended && code == Sqlite3.Done ? Sqlite3.Ok : extended;
    }

    // SQLite may compile the statement again in any step: its principal holds in each of them.
    private int StepNative() => Confinement is null ? Sqlite3.Step(_statement) : _handle.Authorizer.Step(_statement, Confinement);

    private bool Step()
    {
        var first = !IsActive;
        if (first)
        {
            _handle.Enter(this);
            IsActive = true;
        }

        var code = StepNative();
        if (code == Sqlite3.Row)
        {
            _row.Moved();
            if (first && _row.Refresh())
            {
                RowPlan = null;
            }

            return true;
        }

        if (code == Sqlite3.Done)
        {
            Finish();
            return false;
        }

        throw Failed();
    }

    // A finished DML statement is reset at once: an un-reset one would keep the transaction's COMMIT waiting.
    private void Finish()
    {
        IsActive = false;
        _ = Sqlite3.Reset(_statement); // SQLITE_OK after SQLITE_DONE
        _handle.Exit(this);
    }

    private Exception Failed()
    {
        var failure = NativeFailure.Read(_handle.Db);
        Reset();
        return _handle.Failed(failure, this);
    }

    private void Check(int code)
    {
        if (code != Sqlite3.Ok)
        {
            throw _handle.Failed(NativeFailure.Read(_handle.Db), this);
        }
    }
}
