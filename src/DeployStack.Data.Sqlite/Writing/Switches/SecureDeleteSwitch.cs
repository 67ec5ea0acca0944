using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing.Switches;

/// <summary>Lets SQLite overwrite what it deletes, around the transaction of a unit that asks for it.</summary>
internal sealed class SecureDeleteSwitch(SqliteHandle handle, SqliteSettings settings)
{
    /// <summary>Switches it on.</summary>
    /// <returns>Why it stayed off, or <see langword="null"/>.</returns>
    public DatabaseException? On() => Set(on: true);

    /// <summary>Puts back what the settings say.</summary>
    /// <returns>Why that failed, or <see langword="null"/>.</returns>
    public DatabaseException? Restore() => settings.SecureDelete ? null : Set(on: false);

    private DatabaseException? Set(bool on)
        => handle.TryRun(on ? "PRAGMA secure_delete=ON" : "PRAGMA secure_delete=OFF") == Sqlite3.Ok
            && ConnectionFactory.ReadPragma(handle.Connection, "secure_delete") == (on ? 1 : 0)
            ? null
            : new(DatabaseErrorKind.Unknown, $"PRAGMA secure_delete could not be switched {(on ? "on" : "off")}.");
}
