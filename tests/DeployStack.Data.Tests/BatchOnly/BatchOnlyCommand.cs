using DeployStack.Data.Provider;
using DeployStack.Data.Tests.BatchOnly.Remote;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>One statement, known only by its text until the server has answered.</summary>
internal sealed class BatchOnlyCommand : ProviderCommand
{
    private const int RowsOfPage = 64;

    private readonly RemoteEngine? _engine;
    private readonly CancellationToken _cancellationToken;
    private readonly string _expanded;
    private readonly IReadOnlyList<string> _names;
    private readonly RemoteValue[] _values;
    private readonly BatchOnlyRow _row = new();
    private RemoteResult? _result;
    private int _read;

    /// <summary>A statement of a batch, which is only encoded here.</summary>
    public BatchOnlyCommand(string sql)
        : this(sql, null, CancellationToken.None)
    {
    }

    public BatchOnlyCommand(string sql, RemoteEngine? engine, CancellationToken cancellationToken)
    {
        StatementGuard.Check(sql);
        _engine = engine;
        _cancellationToken = cancellationToken;
        _expanded = ListParameters.Expand(sql, static parameter => $"(SELECT value FROM json_each({parameter}))");
        _names = StatementParameters.Of(sql);
        _values = new RemoteValue[_names.Count];
        Sql = sql;
    }

    public override string Sql { get; }

    // the text alone does not tell: the server refuses what writes at its endpoint for reading
    public override bool IsReadOnly => true;

    public override int ParameterCount => _names.Count;

    public override RowReader Row => _row;

    public override string GetParameterName(int index) => _names[index];

    public override void BindNull(int index) => _values[index] = new(StorageKind.Null);

    public override void BindInt64(int index, long value) => _values[index] = new(StorageKind.Integer, value);

    public override void BindDouble(int index, double value) => _values[index] = new(StorageKind.Real, Real: value);

    public override void BindText(int index, ReadOnlySpan<char> value) => _values[index] = RemoteValue.OfText(value);

    public override void BindBlob(int index, ReadOnlySpan<byte> value) => _values[index] = new(StorageKind.Blob, Bytes: value.ToArray());

    public RemoteRequest ToRequest() => new(_expanded, _names.Zip(_values).ToDictionary(pair => pair.First, pair => pair.Second));

    public override async ValueTask<int> ExecuteAsync()
    {
        var result = await SendAsync();
        return result.RowsAffected;
    }

    public override async ValueTask<bool> ReadAsync()
    {
        if (_result is null)
        {
            _result = await SendAsync();
            _row.Columns = _result.Columns;
        }
        else if (_read % RowsOfPage == 0)
        {
            await Task.Yield();
            _cancellationToken.ThrowIfCancellationRequested();
        }

        if (_read >= _result.Rows.Count)
        {
            return false;
        }

        _row.Values = _result.Rows[_read++];
        return true;
    }

    public override void Dispose() => _result = null;

    private async Task<RemoteResult> SendAsync()
    {
        try
        {
            return await _engine!.QueryAsync(ToRequest(), _cancellationToken);
        }
        catch (RemoteFault fault)
        {
            throw BatchOnlyErrors.Of(fault, label: null); // the session adds it
        }
    }
}
