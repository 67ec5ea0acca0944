using System.Buffers.Binary;
using DeployStack.Data.Sqlite.Connections;

namespace DeployStack.Data.Testing.Files;

/// <summary>A database file in a folder of its own, for the owner alone, so that log and shared memory go with it.</summary>
internal sealed class TestFile : IDisposable
{
    private const int VersionsOffset = 18; // https://www.sqlite.org/fileformat.html#file_format_version_numbers
    private const byte WalVersion = 2;
    private const int ApplicationIdOffset = 68;

    private readonly DirectoryInfo _folder;

    private TestFile(DirectoryInfo folder) => _folder = folder;

    public string Path => System.IO.Path.Combine(_folder.FullName, "test.db");

    /// <summary>Whether disposal leaves it where it is.</summary>
    public bool IsKept { get; set; }

    /// <summary>Makes the folder; the file is not there yet.</summary>
    /// <param name="parent">Where; <see langword="null"/> for the folder of temporary files.</param>
    /// <exception cref="IOException">It could not be made.</exception>
    public static TestFile InNewFolder(string? parent)
    {
        const string Prefix = "deploystack-test-";
        if (parent is null)
        {
            return new(Directory.CreateTempSubdirectory(Prefix));
        }

        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(parent), Prefix + System.IO.Path.GetRandomFileName());
        return new(OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    /// <summary>Writes the file before any engine opens it.</summary>
    /// <param name="image">A database that is not in WAL mode.</param>
    /// <param name="isWal">Marks it as being in WAL mode, which spares the first open the change and its sync.</param>
    public void Write(ReadOnlySpan<byte> image, bool isWal) => WriteNew(Path, image, isWal);

    /// <summary>Writes a database to a file that must not exist.</summary>
    /// <exception cref="IOException">It exists, or could not be written.</exception>
    public static void WriteNew(string path, ReadOnlySpan<byte> image, bool isWal)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        Span<byte> header = stackalloc byte[ApplicationIdOffset + sizeof(int)];
        image[..header.Length].CopyTo(header);
        if (isWal)
        {
            header[VersionsOffset..(VersionsOffset + 2)].Fill(WalVersion);
        }

        // as in every file that the library creates; an application that has set its own keeps it
        var applicationId = header[ApplicationIdOffset..];
        if (BinaryPrimitives.ReadInt32BigEndian(applicationId) == 0)
        {
            BinaryPrimitives.WriteInt32BigEndian(applicationId, StartupGuard.ApplicationId);
        }

        using var stream = new FileStream(path, options);
        stream.Write(header);
        stream.Write(image[header.Length..]);
    }

    public void Dispose()
    {
        if (!IsKept)
        {
            _folder.Delete(recursive: true);
        }
    }
}
