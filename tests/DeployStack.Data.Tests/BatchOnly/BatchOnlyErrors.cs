using DeployStack.Data.Tests.BatchOnly.Remote;
using SQLitePCL;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>What the server said, in the library's words: its own can quote parameter values, so only names pass.</summary>
internal static class BatchOnlyErrors
{
    private const int ConstraintRowId = 2579;

    private static readonly string[] _missing = ["no such table: ", "no such column: "];

    public static DatabaseException Of(RemoteFault fault) => fault.Code switch
    {
        RemoteFaultCode.Unreachable => Transient(DatabaseErrorKind.StorageIo, fault, "The server could not be reached; nothing was written. Try again."),
        RemoteFaultCode.Conflict => Transient(DatabaseErrorKind.Busy, fault, "Another transaction was faster; nothing was written. Try again."),
        RemoteFaultCode.ReadOnly => Make(DatabaseErrorKind.ReadOnly, fault, "A statement that writes was run in a reading session; nothing was written. Use ExecuteBatchAsync."),
        RemoteFaultCode.NotOneStatement => Make(DatabaseErrorKind.InvalidSql, fault, "The SQL text is not exactly one statement; nothing was done. Split it."),
        _ => OfEngine(fault),
    };

    private static DatabaseException OfEngine(RemoteFault fault) => fault.Native switch
    {
        raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or ConstraintRowId => OfColumns(DatabaseErrorKind.UniqueViolation, fault),
        raw.SQLITE_CONSTRAINT_NOTNULL => OfColumns(DatabaseErrorKind.NotNullViolation, fault),
        raw.SQLITE_CONSTRAINT_CHECK => new(DatabaseErrorKind.CheckViolation, NothingWritten("A CHECK constraint was violated"))
        {
            Constraint = Behind(fault.Message),
            NativeExtendedErrorCode = fault.Native,
            Sql = fault.Sql,
        },
        raw.SQLITE_CONSTRAINT_FOREIGNKEY => new(DatabaseErrorKind.ForeignKeyViolation, NothingWritten("A foreign key has no parent"))
        {
            Table = fault.Table,
            Columns = fault.Columns,
            ParentTable = fault.Parent,
            NativeExtendedErrorCode = fault.Native,
            Sql = fault.Sql,
        },
        raw.SQLITE_TOOBIG => Make(DatabaseErrorKind.TooLarge, fault, NothingWritten("A value is too large")),
        _ when _missing.Any(fault.Message.StartsWith) => Make(DatabaseErrorKind.SchemaMissing, fault, NothingWritten(fault.Message)),
        raw.SQLITE_ERROR => Make(DatabaseErrorKind.InvalidSql, fault, NothingWritten("The engine does not understand the statement")),
        _ => Make(DatabaseErrorKind.Unknown, fault, NothingWritten($"The engine refused the statement with code {fault.Native}")),
    };

    // "UNIQUE constraint failed: teams.owner, teams.name"
    private static DatabaseException OfColumns(DatabaseErrorKind kind, RemoteFault fault)
    {
        var names = Behind(fault.Message).Split(", ");
        var dot = names[0].IndexOf('.', StringComparison.Ordinal);
        return new(kind, NothingWritten(fault.Message))
        {
            Table = dot < 0 ? null : names[0][..dot],
            Columns = dot < 0 ? [] : [.. names.Select(name => name[(dot + 1)..])],
            NativeExtendedErrorCode = fault.Native,
            Sql = fault.Sql,
        };
    }

    private static string Behind(string message) => message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    private static string NothingWritten(string what) => $"{what}; nothing was written.";

    private static DatabaseException Make(DatabaseErrorKind kind, RemoteFault fault, string message)
        => new(kind, message) { NativeExtendedErrorCode = fault.Native, Sql = fault.Sql };

    private static DatabaseException Transient(DatabaseErrorKind kind, RemoteFault fault, string message)
        => new(kind, message) { RetryCanSucceed = true, Sql = fault.Sql };
}
