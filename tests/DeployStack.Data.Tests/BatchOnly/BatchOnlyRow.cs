using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Tests.BatchOnly.Remote;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>A row that came over the wire.</summary>
internal sealed class BatchOnlyRow : RowReader
{
    public string[] Columns { get; set; } = [];

    public RemoteValue[] Values { get; set; } = [];

    public override int FieldCount => Columns.Length;

    public override string GetName(int ordinal) => Columns[ordinal];

    public override StorageKind GetKind(int ordinal) => Values[ordinal].Kind;

    public override long GetInt64(int ordinal) => Values[ordinal].Integer;

    public override double GetDouble(int ordinal) => Values[ordinal].Real;

    public override string GetText(int ordinal) => Encoding.UTF8.GetString(Values[ordinal].Bytes!);

    public override ReadOnlySpan<byte> GetBytes(int ordinal) => Values[ordinal].Bytes;
}
