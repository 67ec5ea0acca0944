using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>Turns SQLite's result codes and texts into the library's one exception.</summary>
/// <remarks>SQLite's own texts can quote literals of the statement, values in full-text queries and what application
/// functions threw: only what is known to be a name or one of SQLite's own words reaches a message.</remarks>
internal static class SqliteErrors
{
    /// <summary>Makes the exception for a failed call.</summary>
    /// <param name="primary">The primary result code (https://www.sqlite.org/rescode.html).</param>
    /// <param name="extended">The extended result code.</param>
    /// <param name="text">SQLite's message, as <c>sqlite3_errmsg</c> gives it.</param>
    /// <param name="context">What the caller knows.</param>
    /// <param name="innerException">The provider's exception, where it threw one.</param>
    public static DatabaseException Create(int primary, int extended, string text, in ErrorContext context, Exception? innerException = null)
        => Build(Explain(primary, extended, text, context), primary, extended, context, innerException);

    /// <summary>The same error with facts that were found out afterwards.</summary>
    public static DatabaseException Refine(DatabaseException error, ErrorFacts facts)
    {
        ErrorContext context = new() { Sql = error.Sql, Label = error.Label, IsWrite = true, AutocommitAfter = error.TransactionRolledBack };
        return Build(facts, error.NativeErrorCode, error.NativeExtendedErrorCode, context, error.InnerException);
    }

    /// <summary>Makes the exception for one that Microsoft.Data.Sqlite threw, and keeps that one inside.</summary>
    public static DatabaseException From(SqliteException exception, in ErrorContext context)
        => Create(exception.SqliteErrorCode, exception.SqliteExtendedErrorCode, NativeText(exception.Message), context, exception);

    /// <summary>SQLite's text within the provider's <c>SQLite Error 1: '…'.</c></summary>
    internal static string NativeText(string message)
    {
        var first = message.IndexOf('\'', StringComparison.Ordinal);
        var last = message.LastIndexOf('\'');
        return first >= 0 && last > first ? message[(first + 1)..last] : message;
    }

    private static DatabaseException Build(ErrorFacts facts, int primary, int extended, in ErrorContext context, Exception? innerException)
        => new(facts.Kind, facts.Message(context), innerException)
        {
            NativeErrorCode = primary,
            NativeExtendedErrorCode = extended,
            Sql = context.Sql,
            Label = context.Label,
            TransactionRolledBack = context.RolledBack,
            RetryCanSucceed = facts.Retry,
            OutcomeUnknown = facts.OutcomeUnknown,
            Table = facts.Table,
            Columns = facts.Columns,
            Constraint = facts.Constraint,
            ParentTable = facts.ParentTable,
        };

    private static ErrorFacts Explain(int primary, int extended, string text, in ErrorContext context) => primary switch
    {
        1 => StatementFacts.Of(text, context),
        4 => new(DatabaseErrorKind.SessionMisuse, "The statement was ended by a ROLLBACK of its own transaction", "Finish or dispose readers before rolling back."),
        5 or 15 => LockFacts.Busy(extended, context),
        6 => LockFacts.Locked(context),
        7 => new(DatabaseErrorKind.OutOfMemory, "SQLite ran out of memory", "Read or write less in one statement, or give the process more memory."),
        8 => AccessFacts.ReadOnly(extended, context),
        9 => new(DatabaseErrorKind.Timeout, "The statement was interrupted before it ended", "Run the unit again, with a longer deadline where it had one."),
        10 => StorageFacts.Io(extended, context),
        11 => ContentFacts.Corrupt(extended, text, context),
        13 => StorageFacts.Full(context),
        14 => AccessFacts.CannotOpen(extended, context),
        17 => new(DatabaseErrorKind.Unknown, "The schema changed while the statement was being prepared", "Run the unit again.") { Retry = true },
        18 => new(DatabaseErrorKind.TooLarge, "A text, blob or row is larger than SQLite's limit (SQLITE_MAX_LENGTH, 1,000,000,000 bytes unless lowered)", "Store it in pieces, or in a file."),
        19 => ConstraintFacts.Of(extended, text, context),
        20 => new(DatabaseErrorKind.InvalidParameter, "A value has the wrong type (SQLITE_MISMATCH): SQLite takes nothing but an integer as INTEGER PRIMARY KEY, LIMIT or OFFSET", "Bind an integer there."),
        21 => new(DatabaseErrorKind.SessionMisuse, "SQLite was called out of turn (SQLITE_MISUSE): a statement or connection was used after its end, or by two threads at once", "Use a session inside its unit of work only, and await each call."),
        23 => new(DatabaseErrorKind.NotAuthorized, "The statement is not authorized", "Leave out what its principal may not touch."),
        24 or 26 => ContentFacts.NotADatabase(context),
        25 => new(DatabaseErrorKind.InvalidParameter, "A parameter has an index that the statement does not have (SQLITE_RANGE)", "Bind the parameters that the statement names."),
        _ => new(DatabaseErrorKind.Unknown, $"SQLite failed with result code {primary}, extended {extended}: {SafeText.Of(text)}", "https://www.sqlite.org/rescode.html explains the codes."),
    };
}
