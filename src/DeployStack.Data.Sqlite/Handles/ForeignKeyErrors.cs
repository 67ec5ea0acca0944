namespace DeployStack.Data.Sqlite.Handles;

internal static class ForeignKeyErrors
{
    public static Exception Describe(SqliteHandle handle, DatabaseException error, SqliteStatement statement) => error;
}
