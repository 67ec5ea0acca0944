using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing.Switches;

/// <summary>Switches foreign-key enforcement outside a transaction and reads it back: inside one, SQLite ignores the
/// pragma without a word.</summary>
internal sealed class ForeignKeySwitch(SqliteHandle handle, SqliteSettings settings)
{
    /// <summary>Switches enforcement off.</summary>
    /// <returns>Why it stayed on, or <see langword="null"/>.</returns>
    public DatabaseException? Off() => Set(on: false);

    /// <summary>Switches enforcement on again, where the settings have it on.</summary>
    /// <returns>Why it stayed off, or <see langword="null"/>.</returns>
    public DatabaseException? Restore() => Set(settings.ForeignKeys);

    private DatabaseException? Set(bool on)
        => handle.TryRun(on ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF") == Sqlite3.Ok
            && ConnectionFactory.ReadPragma(handle.Connection, "foreign_keys") == (on ? 1 : 0)
            ? null
            : new(DatabaseErrorKind.Unknown, $"PRAGMA foreign_keys could not be switched {(on ? "on" : "off")}.");
}
