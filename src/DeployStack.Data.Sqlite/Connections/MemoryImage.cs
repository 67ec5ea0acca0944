using System.Runtime.InteropServices;
using DeployStack.Data.Sqlite.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>A database as bytes: taken out of a connection, and put into one in memory
/// (https://www.sqlite.org/c3ref/deserialize.html).</summary>
internal static class MemoryImage
{
    private const int FreeOnClose = 1; // SQLITE_DESERIALIZE_FREEONCLOSE
    private const int Resizeable = 2; // SQLITE_DESERIALIZE_RESIZEABLE

    /// <summary>Gives an empty connection in memory the content of an image, which is copied.</summary>
    /// <exception cref="DatabaseException">There is no memory for it.</exception>
    public static unsafe void Load(SqliteConnection connection, ReadOnlySpan<byte> image)
    {
        // SQLite owns and frees the copy, also where the call fails, and grows it as the database grows.
        var copy = raw.sqlite3_malloc64(image.Length);
        if (copy == 0)
        {
            throw Failed(connection, raw.SQLITE_NOMEM);
        }

        image.CopyTo(new Span<byte>((void*)copy, image.Length));
        var code = raw.sqlite3_deserialize(connection.Handle, "main", copy, image.Length, image.Length, FreeOnClose | Resizeable);
        if (code != raw.SQLITE_OK)
        {
            throw Failed(connection, code);
        }
    }

    /// <summary>The pages as the connection sees them, what still stands in its log included.</summary>
    /// <exception cref="DatabaseException">A page could not be read, or there is no memory for them.</exception>
    public static byte[] Read(SqliteConnection connection)
    {
        var copy = raw.sqlite3_serialize(connection.Handle, "main", out var size, 0);
        if (copy == 0)
        {
            throw Failed(connection, raw.SQLITE_NOMEM);
        }

        try
        {
            var image = new byte[size];
            Marshal.Copy(copy, image, 0, image.Length);
            return image;
        }
        finally
        {
            raw.sqlite3_free(copy);
        }
    }

    private static DatabaseException Failed(SqliteConnection connection, int code)
        => SqliteErrors.Create(code & 0xff, code, raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), new() { Path = connection.DataSource });
}
