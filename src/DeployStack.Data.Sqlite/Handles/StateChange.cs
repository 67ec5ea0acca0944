namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Tells, from the text alone, whether a statement can change the state of its connection.</summary>
internal static class StateChange
{
    public static bool IsPossible(string sql)
    {
        var first = Provider.StatementKeyword.First(sql);
        return first.Equals("PRAGMA", StringComparison.OrdinalIgnoreCase)
            || (first.Equals("CREATE", StringComparison.OrdinalIgnoreCase) && sql.Contains("TEMP", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether it changes rows: after any other statement SQLite still tells the count of the last one that did.</summary>
    public static bool OfRows(string sql)
    {
        var first = Provider.StatementKeyword.First(sql);
        return first.Equals("INSERT", StringComparison.OrdinalIgnoreCase)
            || first.Equals("UPDATE", StringComparison.OrdinalIgnoreCase)
            || first.Equals("DELETE", StringComparison.OrdinalIgnoreCase)
            || first.Equals("REPLACE", StringComparison.OrdinalIgnoreCase)
            || first.Equals("WITH", StringComparison.OrdinalIgnoreCase);
    }
}
