using System.Buffers;
using System.Text.Encodings.Web;

namespace DeployStack.Data.Settings.History;

/// <summary>A text that is written again and again into one array.</summary>
internal sealed class CharBuffer
{
    private char[] _chars = new char[4096];
    private int _length;

    public ReadOnlyMemory<char> Text => _chars.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void Append(ReadOnlySpan<char> text)
    {
        Reserve(text.Length);
        text.CopyTo(_chars.AsSpan(_length));
        _length += text.Length;
    }

    /// <summary>Appends a JSON string.</summary>
    public void AppendQuoted(ReadOnlySpan<char> text)
    {
        Append("\"");
        while (text.Length > 0)
        {
            Reserve(text.Length + 16);
            if (JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text, _chars.AsSpan(_length), out var consumed, out var written) == OperationStatus.DestinationTooSmall && consumed == 0)
            {
                Reserve(2 * (_chars.Length - _length));
            }

            _length += written;
            text = text[consumed..];
        }

        Append("\"");
    }

    private void Reserve(int more)
    {
        if (_chars.Length - _length < more)
        {
            Array.Resize(ref _chars, Math.Max(2 * _chars.Length, _length + more));
        }
    }
}
