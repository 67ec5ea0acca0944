using System.Buffers;
using System.Globalization;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>A stand-in for the statement that appends each bound value to a JSON array. Converters need not know that
/// they write an element, so an element is encoded as a parameter of its own would be.</summary>
internal sealed class JsonArrayCommand(string parameterName) : ProviderCommand
{
    private const int FirstLength = 256;
    private const int LongestNumber = 32;

    private char[] buffer = ArrayPool<char>.Shared.Rent(FirstLength);
    private int length;

    public override string Sql => string.Empty;

    public override bool IsReadOnly => true;

    public override int ParameterCount => 1;

    public override RowReader Row => throw new NotSupportedException("A list parameter has no rows.");

    /// <summary>The array with all elements; valid until <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<char> Finish()
    {
        if (length == 0)
        {
            Append('[');
        }

        Append(']');
        return buffer.AsSpan(0, length);
    }

    public override string GetParameterName(int index) => parameterName;

    public override void BindNull(int index)
    {
        Separate();
        Append("null");
    }

    public override void BindInt64(int index, long value)
    {
        Separate();
        value.TryFormat(Room(LongestNumber), out var written, default, CultureInfo.InvariantCulture);
        length += written;
    }

    public override void BindDouble(int index, double value)
    {
        Separate();
        if (double.IsInfinity(value))
        {
            // JSON has no infinity; a number beyond the range is read as one
            Append(value < 0 ? "-9e999" : "9e999");
            return;
        }

        var room = Room(LongestNumber);
        value.TryFormat(room, out var written, "R", CultureInfo.InvariantCulture);
        length += written;
        if (room[..written].IndexOfAny('.', 'E') < 0)
        {
            // without a point it would come back as an integer
            Append(".0");
        }
    }

    public override void BindText(int index, ReadOnlySpan<char> value)
    {
        Separate();
        Append('"');
        foreach (var c in value)
        {
            if (c is '"' or '\\')
            {
                Append('\\');
                Append(c);
            }
            else if (c < ' ')
            {
                Append("\\u00");
                Append(c < 16 ? '0' : '1');
                Append("0123456789abcdef"[c & 15]);
            }
            else
            {
                Append(c);
            }
        }

        Append('"');
    }

    public override void BindBlob(int index, ReadOnlySpan<byte> value) => throw MappingErrors.Parameters(
        $"Parameter {parameterName} is a list of blobs, and JSON cannot hold a blob. Pass the elements as hexadecimal text and compare hex(column).");

    public override ValueTask<int> ExecuteAsync() => throw new NotSupportedException("A list parameter cannot be executed.");

    public override ValueTask<bool> ReadAsync() => throw new NotSupportedException("A list parameter has no rows.");

    public override void Dispose()
    {
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        buffer = [];
    }

    private void Separate() => Append(length == 0 ? '[' : ',');

    private void Append(char c)
    {
        Room(1)[0] = c;
        length++;
    }

    private void Append(string text)
    {
        text.CopyTo(Room(text.Length));
        length += text.Length;
    }

    private Span<char> Room(int count)
    {
        if (buffer.Length - length < count)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(buffer.Length * 2, length + count));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
            buffer = larger;
        }

        return buffer.AsSpan(length);
    }
}
