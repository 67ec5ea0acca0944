using System.Text;
using DeployStack.Data.Sqlite.Handles.Constraints;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>Compiles a statement of a principal for what SQLite asks about it; it is not run.</summary>
/// <remarks><c>INSERT INTO … SELECT * FROM …</c> between tables of one shape copies the entries as they are, and SQLite then
/// does not ask whether the second table may be read, in a trigger neither. While it counts changes it does not copy so.</remarks>
internal sealed unsafe class StatementProbe(nint db, Authorizer authorizer)
{
    private readonly SchemaReader _reader = new(db);

    /// <summary>Whether a statement could copy a table so. Its triggers could as well; a migration was asked about them.</summary>
    public static bool IsNeeded(string sql) => sql.Contains('*', StringComparison.Ordinal)
        && (sql.Contains("INSERT", StringComparison.OrdinalIgnoreCase) || sql.Contains("REPLACE", StringComparison.OrdinalIgnoreCase));

    /// <summary>Compiles it.</summary>
    /// <param name="statement">What the principal wants to run.</param>
    /// <param name="error">SQLite's text where it does not compile, for whatever reason; <see langword="null"/> where it does.</param>
    /// <returns>What was refused, or <see langword="null"/>.</returns>
    public Denial? Ask(Confinement statement, out string? error)
    {
        error = null;
        if (!_reader.Run("PRAGMA count_changes=ON"))
        {
            return new(statement.Principal, "run this: SQLite could not be asked about it");
        }

        var bytes = Encoding.UTF8.GetBytes(statement.Sql);
        authorizer.Enter(statement);
        try
        {
            fixed (byte* start = bytes)
            {
                var code = Sqlite3.Prepare(db, start, bytes.Length, 0, out var compiled, out _);
                error = code == Sqlite3.Ok ? null : NativeFailure.Read(db).Text;
                _ = Sqlite3.Finalize(compiled); // it never ran: there is no code to repeat
                return authorizer.TakeDenial();
            }
        }
        finally
        {
            authorizer.Leave();
            _ = _reader.Run("PRAGMA count_changes=OFF"); // takes effect while it is compiled
        }
    }
}
