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
}
