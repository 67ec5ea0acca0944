using System.Buffers.Text;
using System.Text;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>A text that stands nowhere else, and the forms in which it could be found: UTF-8, UTF-16, and both as
/// hexadecimal digits and as base64.</summary>
internal sealed class Canary
{
    private readonly List<(string Name, byte[] Bytes)> _forms = [];

    public Canary(string name)
    {
        Name = name;
        Text = $"canary-{name}-{Guid.NewGuid():N}";
        foreach (var (encoding, bytes) in new[] { ("UTF-8", Encoding.UTF8.GetBytes(Text)), ("UTF-16", Encoding.Unicode.GetBytes(Text)), ("UTF-16 big-endian", Encoding.BigEndianUnicode.GetBytes(Text)) })
        {
            _forms.Add((encoding, bytes));
            Add($"{encoding} as hex", Convert.ToHexString(bytes));
            Add($"{encoding} as lower hex", Convert.ToHexStringLower(bytes));
            for (var offset = 0; offset < 3; offset++)
            {
                // three bytes are four characters: what stands before shifts them, and both ends are mixed with neighbours
                var inner = bytes.AsSpan((3 - offset) % 3);
                inner = inner[..(inner.Length / 3 * 3)];
                Add($"{encoding} as base64", Convert.ToBase64String(inner));
                Add($"{encoding} as base64url", Base64Url.EncodeToString(inner));
            }
        }
    }

    public string Name { get; }

    public string Text { get; }

    /// <summary>The forms in which the text stands in some bytes.</summary>
    public IEnumerable<string> FindIn(ReadOnlySpan<byte> bytes)
    {
        List<string> found = [];
        foreach (var (name, form) in _forms)
        {
            if (bytes.IndexOf(form) >= 0)
            {
                found.Add(name);
            }
        }

        return found.Distinct(StringComparer.Ordinal);
    }

    public override string ToString() => Name;

    // digits are text, which may again be stored as UTF-8 or UTF-16
    private void Add(string name, string digits)
    {
        _forms.Add((name, Encoding.UTF8.GetBytes(digits)));
        _forms.Add((name + " in UTF-16", Encoding.Unicode.GetBytes(digits)));
    }
}
