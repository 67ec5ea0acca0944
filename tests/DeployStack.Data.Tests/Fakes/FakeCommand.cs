using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Fakes;

/// <summary>A statement that keeps what is bound to it and gives the rows it was made with.</summary>
internal sealed class FakeCommand(string sql, string[]? columns = null, params object?[][] rows) : ProviderCommand
{
    private readonly IReadOnlyList<string> _names = StatementParameters.Of(sql);
    private int _read;

    /// <summary>What was bound, by parameter: null, long, double, string or byte[].</summary>
    public Dictionary<string, object?> Bound { get; } = [];

    /// <summary>Thrown when the statement runs.</summary>
    public Exception? Failure { get; init; }

    /// <summary>What the engine tells after an execution.</summary>
    public int RowsAffected { get; init; }

    public bool IsDisposed { get; private set; }

    public override string Sql => sql;

    public override bool IsReadOnly => StatementKeyword.First(sql) is "SELECT";

    public override int ParameterCount => _names.Count;

    public override RowReader Row => new FakeRow(columns ?? [], rows.Length == 0 ? [] : rows[Math.Max(_read - 1, 0)]);

    public override string GetParameterName(int index) => _names[index];

    public override void BindNull(int index) => Bound[_names[index]] = null;

    public override void BindInt64(int index, long value) => Bound[_names[index]] = value;

    public override void BindDouble(int index, double value) => Bound[_names[index]] = value;

    public override void BindText(int index, ReadOnlySpan<char> value) => Bound[_names[index]] = value.ToString();

    public override void BindBlob(int index, ReadOnlySpan<byte> value) => Bound[_names[index]] = value.ToArray();

    public override ValueTask<int> ExecuteAsync() => Failure is null ? new(RowsAffected) : throw Failure;

    public override ValueTask<bool> ReadAsync() => Failure is null ? new(_read++ < rows.Length) : throw Failure;

    public override void Dispose() => IsDisposed = true;
}
