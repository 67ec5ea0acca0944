namespace DeployStack.Data.Sqlite;

/// <summary>SQLite's <c>synchronous</c> (https://www.sqlite.org/pragma.html#pragma_synchronous). <c>OFF</c> is not
/// offered: a power cut would damage the database.</summary>
public enum SqliteSynchronous
{
    /// <summary>Under WAL the log is synced at checkpoints: consistent always, the last commits may be lost.</summary>
    Normal = 1,

    /// <summary>The log is synced at each commit.</summary>
    Full = 2,

    /// <summary>Also the directory after a rollback journal was deleted; the same as <see cref="Full"/> under WAL.</summary>
    Extra = 3,
}
