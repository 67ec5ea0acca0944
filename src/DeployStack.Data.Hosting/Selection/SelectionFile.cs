using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DeployStack.Data.Hosting.Selection;

/// <summary>The selection file on disk: read in both of its shapes, written in the newer one.</summary>
internal sealed class SelectionFile(string path)
{
    private const string Version = "1.0";
    private const int MaxBytes = 64 * 1024; // it holds three short texts
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Whether something stands at the path, readable or not: it must not be overwritten.</summary>
    public bool Exists => File.Exists(Path) || Directory.Exists(Path);

    /// <summary>Reads the file; <see langword="null"/> where there is none. What is wrong becomes a reason.</summary>
    public DatabaseSelection? Read()
    {
        byte[] content;
        try
        {
            using var stream = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            if (stream.Length > MaxBytes)
            {
                return Malformed($"it is {stream.Length} bytes long");
            }

            content = new byte[stream.Length];
            stream.ReadExactly(content);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException) // not configured is a state
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // becomes the reason
        {
            return Malformed(Directory.Exists(Path) ? "it is a directory" : $"it cannot be read ({exception.Message})");
        }

        try
        {
            return Parse(content);
        }
        catch (JsonException exception) // becomes the reason
        {
            return Malformed($"it is not JSON (line {(exception.LineNumber ?? 0) + 1})");
        }
    }

    /// <summary>Writes the file if none exists: a reader sees the whole file or none, after a crash as well.</summary>
    /// <returns>What the file says.</returns>
    /// <exception cref="DatabaseException">A file exists, or the folder cannot be written.</exception>
    public DatabaseSelection Write(string type, DateTimeOffset selectedAt)
    {
        var written = new DatabaseSelection
        {
            State = DatabaseSelectionState.Configured,
            Source = DatabaseSelectionSource.SelectionFile,
            Type = type,
            SelectedAt = selectedAt,
            Version = Version,
        };
        var temporary = $"{Path}.{Guid.NewGuid():N}.tmp";
        try
        {
            CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
            WriteThrough(temporary, Serialize(written));
            File.Move(temporary, Path, overwrite: false);
            return written;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // becomes a typed error
        {
            TryDelete(temporary);
            throw Exists
                ? new DatabaseException(DatabaseErrorKind.AlreadyConfigured, $"Another process finished its set-up first: the selection file '{Path}' exists. It was not changed, and this process uses what it says from now on.", exception)
                : new DatabaseException(exception is IOException ? DatabaseErrorKind.StorageIo : DatabaseErrorKind.ReadOnly, $"The database is set up, but the selection file '{Path}' could not be written ({exception.Message}); the database is kept and nothing is chosen. Make the folder writable and repeat the set-up.", exception);
        }
    }

    public DatabaseSelection Malformed(string what, string? type = null) => new()
    {
        State = DatabaseSelectionState.Invalid,
        Source = DatabaseSelectionSource.SelectionFile,
        Type = type,
        Reason = $"The selection file '{Path}' cannot be used: {what}. It was not changed. Correct it, for example to {{\"type\":\"sqlite\",\"selectedAt\":\"2026-01-31T12:00:00Z\",\"version\":\"1.0\"}}, or delete it and repeat the set-up; the data is not touched by either.",
    };

    private static byte[] Serialize(DatabaseSelection selection)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("type", selection.Type);
            writer.WriteString("selectedAt", selection.SelectedAt!.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            writer.WriteString("version", selection.Version);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
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

    private static void WriteThrough(string file, byte[] content)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        using var stream = new FileStream(file, options);
        stream.Write(content);
        stream.Flush(flushToDisk: true); // before the rename: a power cut must not leave an empty file under the real name
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // a left-over temporary file harms nobody, and the first error tells more
        {
        }
    }

    private DatabaseSelection Parse(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        if (content.IsEmpty)
        {
            return Malformed("it is empty");
        }

        using var document = JsonDocument.Parse(content.ToArray());
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Malformed("it is not a JSON object");
        }

        if (TextOf(root, "type") is not { } type || string.IsNullOrWhiteSpace(type))
        {
            return Malformed("\"type\" is missing or not a text");
        }

        type = ProviderCatalog.Normalize(type);
        foreach (var name in (string[])["dbPath", "selectedAt", "version"])
        {
            if (root.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                return Malformed($"\"{name}\" is not a text", type);
            }
        }

        DateTimeOffset? selectedAt = null;
        if (TextOf(root, "selectedAt") is { } text)
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            {
                return Malformed("\"selectedAt\" is not a time (ISO 8601)", type);
            }

            selectedAt = time;
        }

        var version = TextOf(root, "version");
        return version is not null && !version.StartsWith("1.", StringComparison.Ordinal)
            ? Malformed($"its version \"{version}\" is not known to this program; it knows \"{Version}\"", type)
            : new()
            {
                State = DatabaseSelectionState.Configured,
                Source = DatabaseSelectionSource.SelectionFile,
                Type = type,
                SelectedAt = selectedAt,
                Version = version,
                DatabasePath = TextOf(root, "dbPath") is { Length: > 0 } path ? path : null,
            };
    }

    private static string? TextOf(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
