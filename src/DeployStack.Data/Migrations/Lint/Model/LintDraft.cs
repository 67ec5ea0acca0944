using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint.Model;

/// <summary>A finding before the database was asked for rows, and the file for acknowledgements.</summary>
/// <param name="Rule">Which rule found it.</param>
/// <param name="Script">In which script.</param>
/// <param name="Statement">At which statement.</param>
/// <param name="Message">What happens, and the way out.</param>
/// <param name="Rows">The tables that it is about: without rows in any of them it is worth knowing at most. Empty where
/// rows make no difference.</param>
internal sealed record LintDraft(LintRule Rule, LintScript Script, ScriptStatement Statement, string Message, IReadOnlyList<LintRows> Rows)
{
    private const int MostCounted = 10_000;

    /// <summary>Counts rows up to here and one more.</summary>
    public static int CountLimit => MostCounted + 1;

    /// <summary>Whether the rows of tables of the database decide.</summary>
    public bool Asks => Rule.Severity > LintSeverity.Information && Rows.Count > 0 && !Rows.Any(static rows => rows.Filled);

    /// <summary>The finding.</summary>
    /// <param name="counts">Rows by the names of tables; a table that is not there may have any.</param>
    /// <param name="acknowledgement">The reason that the file gives.</param>
    public LintFinding ToFinding(IReadOnlyDictionary<string, long> counts, string? acknowledgement)
    {
        var empty = Rows.Count > 0 && Rows.All(rows => !rows.Filled && (rows.LiveName is null || counts.GetValueOrDefault(rows.LiveName, long.MaxValue) == 0));
        var told = Rows.Where(rows => rows.LiveName is not null && counts.GetValueOrDefault(rows.LiveName) > 0).Select(rows => $"{rows.LiveName}: {Told(counts[rows.LiveName!])}").Distinct(StringComparer.Ordinal).ToList();
        var message = empty ? $"{Message} There are no such rows now." : told.Count > 0 ? $"{Message} ({string.Join(", ", told)})" : Message;
        return new(Rule.Code, empty ? LintSeverity.Information : Rule.Severity, message)
        {
            Identity = Script.Identity,
            Origin = Script.Origin,
            Line = Statement.Line,
            Column = Statement.Column,
            Statement = Statement.Number,
            Acknowledgement = acknowledgement,
        };
    }

    private static string Told(long rows) => rows > MostCounted ? "more than 10,000 rows" : rows == 1 ? "1 row" : $"{rows} rows";
}
