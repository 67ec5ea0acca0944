using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Writes key files: beside the path first, synced, then renamed onto it.</summary>
internal static class KeyFileWriter
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;
    private const int EntryLength = 56; // "# <id>\n<44 characters>\n"

    private static ReadOnlySpan<byte> Header => "# Keys of secret settings, one per line: the first encrypts, the others still decrypt.\n# Keep a copy apart from the backups: without it the secrets are lost.\n"u8;

    public static string Create(string path)
    {
        RefuseExisting(path, null);
        var folder = Path.GetDirectoryName(path) ?? path;
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        var content = GC.AllocateArray<byte>(Header.Length + EntryLength, pinned: true);
        Header.CopyTo(content);
        var id = WriteEntry(content.AsSpan(Header.Length));
        try
        {
            CreateFolder(folder);
            WriteThrough(temporary, content);
            File.Move(temporary, path, overwrite: false);
            DirectorySync.Flush(folder);
            return id;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // becomes a typed error
        {
            TryDelete(temporary);
            RefuseExisting(path, exception);
            throw NotWritten(path, exception);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public static string AddKey(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw SecretErrors.OfKeys($"The key file '{path}' is a symbolic link, which a new file would replace; nothing was changed. Name the file that it points to.");
        }

        KeyFile.Read(path); // what is wrong with it is told before anything is written
        var temporary = $"{path}.new"; // one name for all: who makes it may add a key
        Claim(path, temporary);
        try
        {
            var id = WriteWithNewKey(path, temporary);
            File.Move(temporary, path, overwrite: true);
            DirectorySync.Flush(Path.GetDirectoryName(path) ?? path);
            return id;
        }
        catch (Exception exception)
        {
            TryDelete(temporary); // ours: the claim succeeded
            if (exception is IOException or UnauthorizedAccessException)
            {
                throw NotWritten(path, exception);
            }

            throw;
        }
    }

    private static void Claim(string path, string temporary)
    {
        try
        {
            WriteThrough(temporary, []);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // becomes a typed error
        {
            throw File.Exists(temporary)
                ? SecretErrors.OfKeys($"Another process adds a key to '{path}', or was stopped while it did; nothing was changed. If none is at it, delete '{temporary}' and try again.", exception, DatabaseErrorKind.Busy)
                : NotWritten(path, exception);
        }
    }

    /// <summary>The file is read here, under the claim: no key that another process added is lost.</summary>
    private static string WriteWithNewKey(string path, string temporary)
    {
        var before = KeyFile.ReadContent(path);
        var content = GC.AllocateArray<byte>(before.Length + EntryLength, pinned: true);
        try
        {
            var at = Math.Max(0, KeyFile.FirstKey(before));
            before.AsSpan(0, at).CopyTo(content);
            var id = WriteEntry(content.AsSpan(at, EntryLength));
            before.AsSpan(at).CopyTo(content.AsSpan(at + EntryLength));
            using var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 });
            stream.Write(content);
            stream.Flush(flushToDisk: true); // before the rename: a power cut must not leave an empty file under the real name
            return id;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(before);
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private static string WriteEntry(Span<byte> entry)
    {
        Span<byte> master = stackalloc byte[SecretKey.Size];
        try
        {
            RandomNumberGenerator.Fill(master);
            var id = SecretKey.From(master).Id;
            "# "u8.CopyTo(entry);
            Encoding.ASCII.GetBytes(id, entry[2..]);
            entry[10] = (byte)'\n';
            Base64.EncodeToUtf8(master, entry[11..], out _, out _);
            entry[55] = (byte)'\n';
            return id;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(master);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    private static void WriteThrough(string file, ReadOnlySpan<byte> content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using var stream = new FileStream(file, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true);
    }

    private static void RefuseExisting(string path, Exception? exception)
    {
        if (File.Exists(path) || Directory.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            throw SecretErrors.OfKeys($"The key file '{path}' exists; it was not changed. Use it, or add a key with {nameof(SettingKeyFile)}.{nameof(SettingKeyFile.AddKey)}.", exception, DatabaseErrorKind.AlreadyConfigured);
        }
    }

    private static SettingException NotWritten(string path, Exception exception) => SecretErrors.OfKeys(
        $"The key file '{path}' could not be written ({exception.Message}); no new key is to be relied on, the earlier ones are kept. Make its directory writable and try again.",
        exception,
        exception is IOException ? DatabaseErrorKind.StorageIo : DatabaseErrorKind.ReadOnly);

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // the first error tells more
        {
        }
    }
}
