using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Reads key files. Errors name the path and the line, never the content.</summary>
internal static class KeyFile
{
    private const int MaxBytes = 64 * 1024; // a thousand keys and more
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    public static SettingKeyRing Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var content = ReadContent(path);
        try
        {
            return Parse(path, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The bytes of the file, for the caller to zero.</summary>
    /// <remarks>A symbolic link is followed, for mounted secrets are links; the mode is that of the opened file.</remarks>
    public static byte[] ReadContent(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != UnixFileMode.None)
            {
                throw SecretErrors.OfKeys($"The key file '{path}' was not used: others than its owner may read or write it. Run: chmod 600 '{path}'. If others could read it, add a new key and rotate.");
            }

            var length = RandomAccess.GetLength(file);
            if (length is 0 or > MaxBytes)
            {
                throw SecretErrors.OfKeys($"The key file '{path}' was not used: {(length == 0 ? "it is empty" : $"it is larger than {MaxBytes} bytes")}. Restore it, or make another one with {nameof(SettingKeyFile)}.{nameof(SettingKeyFile.Create)}.");
            }

            var content = GC.AllocateArray<byte>((int)length, pinned: true); // never copied by the collector
            var read = 0;
            while (read < content.Length && RandomAccess.Read(file, content.AsSpan(read), read) is > 0 and var count)
            {
                read += count;
            }

            return content;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw SecretErrors.OfKeys($"The key file '{path}' does not exist. Restore it if it existed: secrets encrypted under its keys cannot be read without it. Otherwise make one with {nameof(SettingKeyFile)}.{nameof(SettingKeyFile.Create)}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SecretErrors.OfKeys(Directory.Exists(path) ? $"The key file '{path}' is a directory. Name a file in it." : $"The key file '{path}' cannot be read ({exception.Message}). It must belong to the user of this process.", exception);
        }
    }

    /// <summary>Where the first key's line begins; -1 where there is no key.</summary>
    public static int FirstKey(ReadOnlySpan<byte> content)
    {
        foreach (var range in content.Split((byte)'\n'))
        {
            if (!IsComment(Line(content[range])))
            {
                return range.Start.GetOffset(content.Length);
            }
        }

        return -1;
    }

    private static SettingKeyRing Parse(string path, ReadOnlySpan<byte> content)
    {
        var keys = new List<SecretKey>();
        var number = 0;
        Span<byte> key = stackalloc byte[SecretKey.Size + 1]; // room for what the padding says is not there
        try
        {
            foreach (var range in content.Split((byte)'\n'))
            {
                number++;
                var line = Line(content[range]);
                if (IsComment(line))
                {
                    continue;
                }

                if (line.Length != 44 || line.ContainsAny(" \t"u8) || Base64.DecodeFromUtf8(line, key, out _, out var written) != OperationStatus.Done || written != SecretKey.Size)
                {
                    throw SecretErrors.OfKeys($"The key file '{path}' was not used: line {number} is no key, which is base64 of {SecretKey.Size} bytes (44 characters), and no comment, which begins with '#'. Correct or remove the line.");
                }

                keys.Add(SecretKey.From(key[..SecretKey.Size]));
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }

        return keys.Count > 0 ? RingOf(path, keys)
            : throw SecretErrors.OfKeys($"The key file '{path}' holds no key. Restore it, or make another one with {nameof(SettingKeyFile)}.{nameof(SettingKeyFile.Create)}.");
    }

    private static SettingKeyRing RingOf(string path, List<SecretKey> keys)
    {
        try
        {
            return new(keys[0], keys.Skip(1));
        }
        catch (SettingException error)
        {
            throw SecretErrors.OfKeys($"The key file '{path}' was not used. {error.Message}", error);
        }
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> line)
        => (line.StartsWith(Encoding.UTF8.Preamble) ? line[Encoding.UTF8.Preamble.Length..] : line).Trim(" \t\r"u8);

    private static bool IsComment(ReadOnlySpan<byte> line) => line.IsEmpty || line[0] == '#';
}
