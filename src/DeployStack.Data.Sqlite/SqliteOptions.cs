using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite;

/// <summary>How a SQLite database is opened and used. Checked before first use; where there is a host, at its start.</summary>
/// <remarks>A setting left at <see langword="null"/> takes the value of <see cref="Profile"/>.</remarks>
public sealed class SqliteOptions
{
    /// <summary>The database file, or exactly <c>:memory:</c> for a database of this instance alone. A relative path
    /// starts at the current directory. Default <see langword="null"/>: the environment variable <c>SQLITE_DB_PATH</c>,
    /// else <c>persistent_data/database/deploystack.db</c>. <c>file:</c> URIs are refused.</summary>
    public string? Path { get; set; }

    /// <summary>Where settings that are not given come from. Default <see cref="SqliteProfile.Production"/>.</summary>
    public SqliteProfile Profile { get; set; }

    /// <summary>Opens an existing file without the right to write; every write fails with
    /// <see cref="DatabaseErrorKind.ReadOnly"/>. Default <see langword="false"/>.</summary>
    public bool ReadOnly { get; set; }

    /// <summary>Refuses to create the file. Default <see langword="false"/>: directories and file are created, for the
    /// owner alone (0700 and 0600 on Unix).</summary>
    public bool FileMustExist { get; set; }

    /// <summary>Asked when the file is missing or empty: a sentence that proves that a database existed here makes the
    /// open fail with <see cref="DatabaseErrorKind.MissingOrReplaced"/>. Default <see langword="null"/>: nothing proves it.</summary>
    public Func<string?>? ProofOfExistence { get; set; }

    /// <summary>Lets the database live on a network file system, with a rollback journal and <c>synchronous=EXTRA</c>,
    /// for one process. Default <see langword="false"/>: refused.</summary>
    public bool AllowNetworkFileSystem { get; set; }

    /// <summary>Lets a SQLite library run that has the WAL-reset bug (https://www.sqlite.org/wal.html#walresetbug).
    /// Default <see langword="false"/>: refused.</summary>
    public bool AllowUnsafeSqliteVersion { get; set; }

    /// <summary>How long another process may keep the write lock before the waiting units fail with
    /// <see cref="DatabaseErrorKind.Busy"/>. Default 10 s.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a unit without a deadline may wait in the queue of this process, for the writer or a reader.
    /// Default 30 s.</summary>
    public TimeSpan AcquireTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Read-only connections at most, each with a thread. Default <see langword="null"/>: one for each
    /// processor, from 2 to 8. Ignored in memory.</summary>
    public int? Readers { get; set; }

    /// <summary>Units that may share one commit, 1 to 65,536. Default 512.</summary>
    public int MaxGroupUnits { get; set; } = 512;

    /// <summary>How long a group takes in waiting units before it commits. Default 5 ms; nobody is waited for.</summary>
    public TimeSpan MaxGroupTime { get; set; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Prepared statements kept for each connection, 1 to 10,000. Default 128.</summary>
    public int StatementCacheSize { get; set; } = 128;

    /// <summary>How long an unused reader keeps its snapshot, which saves the next read its locks. Default 20 ms; zero
    /// keeps none. Ignored without WAL.</summary>
    public TimeSpan SnapshotIdle { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a reader in use keeps one snapshot while nobody commits. Default 1 s.</summary>
    public TimeSpan SnapshotMaxAge { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pages that the write-ahead log may grow between two checkpoints, at least 1. Default 1000.</summary>
    public int CheckpointPages { get; set; } = 1000;

    /// <summary>How long the writer has to be idle before the log is cut to zero bytes. Default 2 s.</summary>
    public TimeSpan WalTruncateIdle { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long disposal waits for units that are running before it stops them. Default 10 s.</summary>
    public TimeSpan DisposeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs <c>PRAGMA optimize</c> at close. Default <see langword="null"/>: yes, except in Testing.</summary>
    public bool? OptimizeOnClose { get; set; }

    /// <summary>The pragmas of the connections; each overrides the profile.</summary>
    public SqlitePragmas Pragmas { get; } = new();

    /// <summary>How .NET values are stored. Default <see cref="TypeProfile.Default"/>.</summary>
    public TypeProfile Types { get; set; } = TypeProfile.Default;

    /// <summary>From which duration on a statement is logged as slow. Default 200 ms; <see langword="null"/> for never.</summary>
    public TimeSpan? SlowQueryThreshold { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Called after each statement, on the thread that ran it: be quick, throw nothing. Default none.</summary>
    public Action<QueryEvent>? OnQuery { get; set; }

    /// <summary>Whether parameter values may appear in log events of level Debug. Default <see langword="false"/>.</summary>
    public bool LogParameterValues { get; set; }

    /// <summary>Called for each new connection after its pragmas were set and read back; for functions and collations.
    /// What it throws makes the open fail. Default none.</summary>
    public Action<SqliteConnection>? OnConnectionOpened { get; set; }

    /// <summary>The content that a database in memory begins with: the bytes of a database file that is not in WAL mode.
    /// They are copied, never written to. Ignored on a file.</summary>
    internal ReadOnlyMemory<byte> Image { get; set; }

    /// <summary>Drives the waits of the engine. Default <see langword="null"/>: the clock of the container; a clock that a
    /// test has stopped would keep waiting units waiting.</summary>
    internal TimeProvider? WaitClock { get; set; }
}
