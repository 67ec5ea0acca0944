using DeployStack.Data.Migrations.Scripts;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Migrations.Running;

/// <summary>What may not stand in a migration, by the tokens of its statements.</summary>
internal static class MigrationGuard
{
    /// <summary>Why a statement is refused; <see langword="null"/> if it may run.</summary>
    public static string? Refusal(string sql)
    {
        try
        {
            StatementGuard.Check(sql);
        }
        catch (DatabaseException refusal) // the same rule as in any unit of work, in the words of migrations
        {
            return refusal.Kind == DatabaseErrorKind.SessionMisuse
                ? $"{StatementKeyword.First(sql).ToString().ToUpperInvariant()} is not allowed: every migration is one transaction already. Delete the statement."
                : refusal.Message;
        }

        if (StatementKeyword.First(sql).Equals("VACUUM", StringComparison.OrdinalIgnoreCase))
        {
            return "VACUUM cannot run inside a transaction, which every migration is. Delete the statement, and run VACUUM outside of migrations.";
        }

        return Pragma.Parse(sql) is { } pragma && MigrationPragma.Refusal(pragma) is { } reason ? reason
            : NamesHistory(sql) ? $"the table {MigrationHistory.Table} belongs to the runner: a migration may neither read nor change it. Delete the statement; RepairAsync and BaselineAsync change the history."
            : null;
    }

    // a value is one for sure as an item of VALUES (…): a name never begins there and stays alone
    private static bool NamesHistory(string sql)
    {
        if (!sql.Contains(MigrationHistory.Table, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var tokens = SqlTokenizer.Tokens(sql).Where(static token => token.IsSignificant).ToList();
        return tokens.Where((token, i) => IsHistory(sql, token) && !(token.Kind == SqlTokenKind.Text && ValuesRow.IsItem(sql, tokens, i))).Any();
    }

    // the engine takes a string for a name where a name must stand
    private static bool IsHistory(string sql, in SqlToken token) => token.Kind switch
    {
        SqlTokenKind.Word => Equals(sql.AsSpan(token.Start, token.End - token.Start)),
        SqlTokenKind.Name or SqlTokenKind.Text => Equals(sql.AsSpan(token.Start + 1, token.End - token.Start - 2)),
        _ => false,
    };

    private static bool Equals(ReadOnlySpan<char> name) => name.Equals(MigrationHistory.Table, StringComparison.OrdinalIgnoreCase);
}
