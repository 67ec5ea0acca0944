using System.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Fakes;

/// <summary>A row made of .NET values: null, long, double, string, byte[].</summary>
internal sealed class FakeRow(string[] columns, object?[] values) : RowReader
{
    public override int FieldCount => columns.Length;

    public override string GetName(int ordinal) => columns[ordinal];

    public override StorageKind GetKind(int ordinal) => values[ordinal] switch
    {
        null => StorageKind.Null,
        long => StorageKind.Integer,
        double => StorageKind.Real,
        string => StorageKind.Text,
        _ => StorageKind.Blob,
    };

    public override long GetInt64(int ordinal) => (long)values[ordinal]!;

    public override double GetDouble(int ordinal) => (double)values[ordinal]!;

    public override string GetText(int ordinal) => (string)values[ordinal]!;

    public override ReadOnlySpan<byte> GetBytes(int ordinal) => values[ordinal] is string text ? Encoding.UTF8.GetBytes(text) : (byte[])values[ordinal]!;
}
