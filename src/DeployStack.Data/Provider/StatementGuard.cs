namespace DeployStack.Data.Provider;

/// <summary>Refuses the statements that would take the transaction, or the database, out of the unit's hands.</summary>
public static class StatementGuard
{
    private static readonly string[] _transaction = ["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];
    private static readonly string[] _databases = ["ATTACH", "DETACH"];

    /// <summary>Checks one statement; providers call it when they prepare.</summary>
    /// <param name="sql">One statement.</param>
    /// <exception cref="DatabaseException">A transaction statement (<see cref="DatabaseErrorKind.SessionMisuse"/>), or
    /// ATTACH or DETACH (<see cref="DatabaseErrorKind.NotSupported"/>).</exception>
    public static void Check(string sql)
    {
        var keyword = StatementKeyword.First(sql);
        foreach (var word in _transaction)
        {
            if (keyword.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                throw new DatabaseException(DatabaseErrorKind.SessionMisuse, $"{word} is not allowed in a unit of work: the unit is the transaction. Return to commit, throw to roll back, nest with SavepointAsync.") { Sql = sql };
            }
        }

        foreach (var word in _databases)
        {
            if (keyword.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                throw new DatabaseException(DatabaseErrorKind.NotSupported, $"{word} is not supported: a database is one file. Register a second database under its own name instead.") { Sql = sql };
            }
        }
    }
}
