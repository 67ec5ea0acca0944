namespace DeployStack.Data.Sqlite.Errors;

internal static class SqliteErrors
{
    public static DatabaseException Create(int primary, int extended, string text, ErrorContext context) => new(DatabaseErrorKind.Unknown, text) { NativeErrorCode = primary, NativeExtendedErrorCode = extended, Sql = context.Sql };
    public static DatabaseException From(Microsoft.Data.Sqlite.SqliteException e, ErrorContext context) => new(DatabaseErrorKind.Unknown, e.Message, e) { NativeErrorCode = e.SqliteErrorCode, NativeExtendedErrorCode = e.SqliteExtendedErrorCode, Sql = context.Sql };
}
