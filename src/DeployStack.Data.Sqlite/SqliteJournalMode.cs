namespace DeployStack.Data.Sqlite;

/// <summary>SQLite's <c>journal_mode</c> (https://www.sqlite.org/pragma.html#pragma_journal_mode). <c>MEMORY</c> and
/// <c>OFF</c> are not offered: a crash would damage the database.</summary>
public enum SqliteJournalMode
{
    /// <summary>Write-ahead log: readers and the writer do not block each other.</summary>
    Wal = 0,

    /// <summary>Rollback journal, deleted at each commit.</summary>
    Delete,

    /// <summary>Rollback journal, cut to zero bytes at each commit; the choice for a network file system.</summary>
    Truncate,

    /// <summary>Rollback journal, whose header is overwritten at each commit.</summary>
    Persist,
}
