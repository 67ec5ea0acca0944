using System.Text;

namespace DeployStack.Data.Migrations.Sources;

/// <summary>From the bytes of a script to the text whose checksum is kept.</summary>
internal static class ScriptText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="MigrationException">The bytes are not UTF-8, or hold a NUL, at which the engine would stop.</exception>
    public static string Decode(byte[] bytes, string origin)
    {
        string text;
        try
        {
            text = _strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception) // another encoding would be read as something that nobody wrote
        {
            throw NotText(origin, exception);
        }

        return Check(text, origin);
    }

    /// <exception cref="MigrationException">The text holds a NUL.</exception>
    public static string Check(string text, string origin) => text.Contains('\0', StringComparison.Ordinal) ? throw NotText(origin, null) : text;

    /// <summary>Drops the byte order mark and ends lines in <c>\n</c>, so that a checkout on another system has the same
    /// checksum and the same literals.</summary>
    public static string Normalise(string text) => text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static MigrationException NotText(string origin, Exception? inner)
        => new($"{origin}: the file is not UTF-8 text{(inner is null ? ", it holds a NUL" : string.Empty)}. Nothing was applied. Save it as UTF-8.", inner);
}
