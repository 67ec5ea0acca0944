using DeployStack.Data.Sqlite.Errors;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Errors;

/// <summary>The table of the exception contract: code to kind, and whether a repetition can help.</summary>
public sealed class ResultCodeTests
{
    [Theory]
    [InlineData(5, DatabaseErrorKind.Busy, true, "Nothing was written")]
    [InlineData(261, DatabaseErrorKind.Busy, true, "recovering the write-ahead log")]
    [InlineData(517, DatabaseErrorKind.Busy, true, "snapshot is stale")]
    [InlineData(15, DatabaseErrorKind.Busy, true, "Nothing was written")]
    [InlineData(6, DatabaseErrorKind.Locked, false, "a reader is still open")]
    [InlineData(262, DatabaseErrorKind.Locked, false, "a reader is still open")]
    [InlineData(4, DatabaseErrorKind.SessionMisuse, false, "ROLLBACK")]
    [InlineData(7, DatabaseErrorKind.OutOfMemory, false, "ran out of memory")]
    [InlineData(9, DatabaseErrorKind.Timeout, true, "interrupted")]
    [InlineData(13, DatabaseErrorKind.DiskFull, false, "Make room")]
    [InlineData(266, DatabaseErrorKind.StorageIo, false, "failed to read")]
    [InlineData(522, DatabaseErrorKind.StorageIo, false, "read in full")]
    [InlineData(778, DatabaseErrorKind.StorageIo, false, "failed to write")]
    [InlineData(1034, DatabaseErrorKind.StorageIo, false, "failed to sync")]
    [InlineData(1546, DatabaseErrorKind.StorageIo, false, "truncate")]
    [InlineData(2570, DatabaseErrorKind.StorageIo, false, "delete")]
    [InlineData(3850, DatabaseErrorKind.StorageIo, false, "lock")]
    [InlineData(4618, DatabaseErrorKind.StorageIo, false, "share memory")]
    [InlineData(5386, DatabaseErrorKind.StorageIo, false, "share memory")]
    [InlineData(10, DatabaseErrorKind.StorageIo, false, "Check the disk")]
    [InlineData(3082, DatabaseErrorKind.OutOfMemory, false, "memory")]
    [InlineData(5898, DatabaseErrorKind.Tampered, false, "journal")]
    [InlineData(8202, DatabaseErrorKind.Corrupt, false, "checksum")]
    [InlineData(8, DatabaseErrorKind.ReadOnly, false, "cannot be written")]
    [InlineData(264, DatabaseErrorKind.ReadOnly, false, "recovered or created first")]
    [InlineData(1544, DatabaseErrorKind.ReadOnly, false, "folder cannot be written")]
    [InlineData(1032, DatabaseErrorKind.Moved, false, "moved, replaced or deleted")]
    [InlineData(14, DatabaseErrorKind.CannotOpen, false, "cannot open")]
    [InlineData(11, DatabaseErrorKind.Corrupt, false, "restore the newest verified backup")]
    [InlineData(267, DatabaseErrorKind.Corrupt, false, "virtual table")]
    [InlineData(779, DatabaseErrorKind.Corrupt, false, "an index disagrees with its table")]
    [InlineData(26, DatabaseErrorKind.NotADatabase, false, "not a SQLite database")]
    [InlineData(24, DatabaseErrorKind.NotADatabase, false, "not a SQLite database")]
    [InlineData(17, DatabaseErrorKind.Unknown, true, "schema changed")]
    [InlineData(18, DatabaseErrorKind.TooLarge, false, "larger than SQLite's limit")]
    [InlineData(20, DatabaseErrorKind.InvalidParameter, false, "wrong type")]
    [InlineData(21, DatabaseErrorKind.SessionMisuse, false, "out of turn")]
    [InlineData(23, DatabaseErrorKind.NotAuthorized, false, "not authorized")]
    [InlineData(25, DatabaseErrorKind.InvalidParameter, false, "index")]
    [InlineData(275, DatabaseErrorKind.CheckViolation, false, "CHECK constraint failed")]
    [InlineData(787, DatabaseErrorKind.ForeignKeyViolation, false, "FOREIGN KEY constraint failed")]
    [InlineData(1299, DatabaseErrorKind.NotNullViolation, false, "NOT NULL constraint failed")]
    [InlineData(1555, DatabaseErrorKind.UniqueViolation, false, "PRIMARY KEY constraint failed")]
    [InlineData(2067, DatabaseErrorKind.UniqueViolation, false, "UNIQUE constraint failed")]
    [InlineData(2579, DatabaseErrorKind.UniqueViolation, false, "UNIQUE constraint failed")]
    [InlineData(1811, DatabaseErrorKind.CheckViolation, false, "trigger")]
    [InlineData(2323, DatabaseErrorKind.CheckViolation, false, "virtual table")]
    [InlineData(3091, DatabaseErrorKind.CheckViolation, false, "STRICT")]
    [InlineData(19, DatabaseErrorKind.Unknown, false, "constraint failed")]
    [InlineData(99, DatabaseErrorKind.Unknown, false, "result code 99")]
    public void A_result_code_has_its_kind(int extended, DatabaseErrorKind kind, bool transient, string fragment)
    {
        var error = SqliteErrors.Create(extended & 0xff, extended, string.Empty, new() { IsWrite = true });
        Assert.Equal((kind, transient), (error.Kind, error.IsTransient));
        Assert.Equal((extended & 0xff, extended), (error.NativeErrorCode, error.NativeExtendedErrorCode));
        Assert.Contains(fragment, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1034, "COMMIT", true)]
    [InlineData(1034, "INSERT INTO t VALUES (1)", false)]
    [InlineData(778, "COMMIT", false)]
    [InlineData(5898, "COMMIT", true)]
    public void Only_a_failed_sync_of_COMMIT_or_a_vanished_journal_leaves_the_outcome_unknown(int extended, string sql, bool unknown)
        => Assert.Equal(unknown, SqliteErrors.Create(10, extended, "disk I/O error", new() { IsWrite = true, Sql = sql }).OutcomeUnknown);

    [Theory]
    [InlineData(true, true, "INSERT INTO t VALUES (1)", true)]
    [InlineData(true, false, "INSERT INTO t VALUES (1)", false)]
    [InlineData(false, true, "SELECT 1", false)]
    [InlineData(true, true, "BEGIN IMMEDIATE", false)]
    public void A_rollback_is_told_where_there_was_a_transaction(bool isWrite, bool autocommit, string sql, bool rolledBack)
    {
        var error = SqliteErrors.Create(13, 13, "database or disk is full", new() { IsWrite = isWrite, AutocommitAfter = autocommit, Sql = sql });
        Assert.Equal(rolledBack, error.TransactionRolledBack);
        Assert.Equal(rolledBack, error.Message.Contains("rolled the transaction back", StringComparison.Ordinal));
    }

    [Fact]
    public void A_full_disk_tells_how_much_is_free_and_a_database_in_memory_does_not()
    {
        Assert.Matches("[0-9] bytes are free", SqliteErrors.Create(13, 13, string.Empty, new() { Path = Path.GetTempFileName() }).Message);
        Assert.DoesNotContain("bytes are free", SqliteErrors.Create(13, 13, string.Empty, new() { Path = ":memory:" }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_of_the_provider_is_kept_inside()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE t (a UNIQUE); INSERT INTO t VALUES (1), (1)";
        var thrown = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());

        var error = SqliteErrors.From(thrown, new() { Sql = command.CommandText, Label = "import" });

        Assert.Same(thrown, error.InnerException);
        Assert.Equal((DatabaseErrorKind.UniqueViolation, 2067, "t", "a"), (error.Kind, error.NativeExtendedErrorCode, error.Table, Assert.Single(error.Columns)));
        Assert.Equal((command.CommandText, "import"), (error.Sql, error.Label));
    }
}
