using DeployStack.Data.Tests.BatchOnly.Remote;
using SQLitePCL;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>What the server said, in the library's words: its own can quote parameter values, so only names pass.</summary>
internal static class BatchOnlyErrors
{
    private const int ConstraintRowId = 2579;

    private static readonly string[] _missing = ["no such table: ", "no such column: "];

    public static DatabaseException Of(RemoteFault fault, string? label) => fault.Code switch
    {
        RemoteFaultCode.Unreachable => Make(DatabaseErrorKind.StorageIo, "The server could not be reached; nothing was written. Try again.", fault, label, retry: true),
        RemoteFaultCode.Conflict => Make(DatabaseErrorKind.Busy, "Another transaction was faster; nothing was written. Try again.", fault, label, retry: true),
        RemoteFaultCode.ReadOnly => Make(DatabaseErrorKind.ReadOnly, "A statement that writes was run in a reading session; nothing was written. Use ExecuteBatchAsync.", fault, label),
        RemoteFaultCode.NotOneStatement => Make(DatabaseErrorKind.InvalidSql, "The SQL text is not exactly one statement; nothing was done. Split it.", fault, label),
        _ => fault.Native switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or ConstraintRowId => OfColumns(DatabaseErrorKind.UniqueViolation, fault, label),
            raw.SQLITE_CONSTRAINT_NOTNULL => OfColumns(DatabaseErrorKind.NotNullViolation, fault, label),
            raw.SQLITE_CONSTRAINT_CHECK => Make(DatabaseErrorKind.CheckViolation, "A CHECK constraint was violated; nothing was written.", fault, label, constraint: Behind(fault.Message)),
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => Make(DatabaseErrorKind.ForeignKeyViolation, "A row would be left without its parent; nothing was written.", fault, label, fault.Table, fault.Columns),
            raw.SQLITE_TOOBIG => Make(DatabaseErrorKind.TooLarge, "A value is too large; nothing was written.", fault, label),
            _ when _missing.Any(fault.Message.StartsWith) => Make(DatabaseErrorKind.SchemaMissing, $"The server says: {fault.Message}. Nothing was written.", fault, label),
            raw.SQLITE_ERROR => Make(DatabaseErrorKind.InvalidSql, "The server does not understand the statement; nothing was written.", fault, label),
            _ => Make(DatabaseErrorKind.Unknown, $"The server refused the statement with code {fault.Native}; nothing was written.", fault, label),
        },
    };

    // "UNIQUE constraint failed: teams.owner, teams.name"
    private static DatabaseException OfColumns(DatabaseErrorKind kind, RemoteFault fault, string? label)
    {
        var names = Behind(fault.Message).Split(", ");
        var dot = names[0].IndexOf('.', StringComparison.Ordinal);
        var message = $"The server says: {fault.Message}. Nothing was written.";
        return dot < 0
            ? Make(kind, message, fault, label)
            : Make(kind, message, fault, label, names[0][..dot], [.. names.Select(name => name[(dot + 1)..])]);
    }

    private static string Behind(string message) => message[(message.IndexOf(": ", StringComparison.Ordinal) + 2)..];

    private static DatabaseException Make(
        DatabaseErrorKind kind, string message, RemoteFault fault, string? label, string? table = null, IReadOnlyList<string>? columns = null, string? constraint = null, bool? retry = null)
        => new(kind, message)
        {
            NativeExtendedErrorCode = fault.Native,
            Sql = fault.Sql,
            StatementIndex = fault.Index,
            Label = label,
            Table = table,
            Columns = columns ?? [],
            Constraint = constraint,
            ParentTable = fault.Parent,
            RetryCanSucceed = retry,
        };
}
