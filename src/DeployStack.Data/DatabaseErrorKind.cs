namespace DeployStack.Data;

/// <summary>What went wrong, the same word on every engine.</summary>
public enum DatabaseErrorKind
{
    /// <summary>An error of the engine that has no kind of its own; the native codes and the message tell.</summary>
    Unknown = 0,

    /// <summary>Another process held the write lock for the whole wait, or a snapshot went stale. Transient.</summary>
    Busy,

    /// <summary>A statement of the same connection is still open; a fault of the program.</summary>
    Locked,

    /// <summary>The deadline of the unit passed, waiting or running. Transient.</summary>
    Timeout,

    /// <summary>A UNIQUE or PRIMARY KEY constraint was violated.</summary>
    UniqueViolation,

    /// <summary>A FOREIGN KEY constraint was violated.</summary>
    ForeignKeyViolation,

    /// <summary>A NOT NULL constraint was violated.</summary>
    NotNullViolation,

    /// <summary>A CHECK constraint was violated.</summary>
    CheckViolation,

    /// <summary>An expectation of a batch statement was not met.</summary>
    ExpectationFailed,

    /// <summary>A write through a reading session, or a file or directory that cannot be written.</summary>
    ReadOnly,

    /// <summary>The disk, or the database's page limit, is full.</summary>
    DiskFull,

    /// <summary>The storage failed to read, write or sync.</summary>
    StorageIo,

    /// <summary>A file that belongs to the database was removed or changed from outside during a transaction.</summary>
    Tampered,

    /// <summary>The database file is no longer at its path: moved, replaced or deleted.</summary>
    Moved,

    /// <summary>The content of the database file is damaged.</summary>
    Corrupt,

    /// <summary>The file is not a database, or of a format that this engine does not know.</summary>
    NotADatabase,

    /// <summary>A database was expected and an empty or foreign file was found.</summary>
    MissingOrReplaced,

    /// <summary>The database cannot be opened.</summary>
    CannotOpen,

    /// <summary>No engine is chosen, or the choice cannot be used: a malformed selection file, an unknown type, a
    /// missing package, a setting that the engine does not know.</summary>
    NotConfigured,

    /// <summary>A set-up was refused because the engine is chosen already.</summary>
    AlreadyConfigured,

    /// <summary>A table, view or column does not exist.</summary>
    SchemaMissing,

    /// <summary>The SQL text is wrong: syntax, or not exactly one statement.</summary>
    InvalidSql,

    /// <summary>A parameter is missing, or its value cannot be bound.</summary>
    InvalidParameter,

    /// <summary>The result does not have the rows, columns or types that were asked for.</summary>
    ResultShape,

    /// <summary>A session was used outside its unit, or a transaction statement inside one.</summary>
    SessionMisuse,

    /// <summary>The engine lacks what was asked for; the message names the way round.</summary>
    NotSupported,

    /// <summary>A value or row exceeds the engine's limit.</summary>
    TooLarge,

    /// <summary>The engine ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The statement touched what its principal may not touch.</summary>
    NotAuthorized,

    /// <summary>A stored secret cannot be decrypted, or a secret cannot be stored for want of a key.</summary>
    SecretUnreadable,

    /// <summary>A migration failed; the database stands at the previous one.</summary>
    MigrationFailed,

    /// <summary>Another process holds the migration lock.</summary>
    MigrationLocked,

    /// <summary>A newer version of the application migrated the database; this one may read it and must not migrate it.</summary>
    MigrationSuperseded,

    /// <summary>A backup failed its verification.</summary>
    BackupInvalid,

    /// <summary>A restore was refused; the live database is unchanged.</summary>
    RestoreRefused,
}
