using DeployStack.Data.Tests.BatchOnly.Remote;
using SQLitePCL;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>What the server said, in the library's words.</summary>
internal static class BatchOnlyErrors
{
    private const int ConstraintRowId = 2579;

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
        raw.SQLITE_CONSTRAINT_CHECK => new(DatabaseErrorKind.CheckViolation, Message(fault), fault) { Constraint = Behind(fault.Message), NativeExtendedErrorCode = fault.Native, Sql = fault.Sql },
        raw.SQLITE_CONSTRAINT_FOREIGNKEY => new(DatabaseErrorKind.ForeignKeyViolation, Message(fault), fault)
        {
            Table = fault.Table,
            Columns = fault.Columns,
            ParentTable = fault.Parent,
            NativeExtendedErrorCode = fault.Native,
            Sql = fault.Sql,
        },
        raw.SQLITE_TOOBIG => Make(DatabaseErrorKind.TooLarge, fault, Message(fault)),
        _ when fault.Message.StartsWith("no such table", StringComparison.Ordinal) || fault.Message.StartsWith("no such column", StringComparison.Ordinal)
            => Make(DatabaseErrorKind.SchemaMissing, fault, Message(fault)),
        raw.SQLITE_ERROR => Make(DatabaseErrorKind.InvalidSql, fault, Message(fault)),
        _ => Make(DatabaseErrorKind.Unknown, fault, Message(fault)),
    };

    // "UNIQUE constraint failed: teams.owner, teams.name"
    private static DatabaseException OfColumns(DatabaseErrorKind kind, RemoteFault fault)
    {
        var names = Behind(fault.Message).Split(", ");
        var dot = names[0].IndexOf('.', StringComparison.Ordinal);
        return new(kind, Message(fault), fault)
        {
            Table = dot < 0 ? null : names[0][..dot],
            Columns = dot < 0 ? [] : [.. names.Select(name => name[(dot + 1)..])],
            NativeExtendedErrorCode = fault.Native,
            Sql = fault.Sql,
        };
    }

    private static string Behind(string message) => message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    private static string Message(RemoteFault fault) => $"{fault.Message}; nothing was written.";

    private static DatabaseException Make(DatabaseErrorKind kind, RemoteFault fault, string message)
        => new(kind, message, fault) { NativeExtendedErrorCode = fault.Native, Sql = fault.Sql };

    private static DatabaseException Transient(DatabaseErrorKind kind, RemoteFault fault, string message)
        => new(kind, message, fault) { RetryCanSucceed = true, Sql = fault.Sql };
}
