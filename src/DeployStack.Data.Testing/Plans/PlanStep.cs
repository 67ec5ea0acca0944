using System.Text.RegularExpressions;

namespace DeployStack.Data.Testing.Plans;

/// <summary>One row of <c>EXPLAIN QUERY PLAN</c> (https://www.sqlite.org/eqp.html).</summary>
/// <param name="Id">Its number in the plan.</param>
/// <param name="Parent">The step that it belongs to; 0 for none.</param>
/// <param name="Detail">SQLite's own words.</param>
internal sealed partial record PlanStep(long Id, long Parent, string Detail)
{
    /// <summary>The table or alias that a SCAN or SEARCH reads; <see langword="null"/> where it reads none, or none that
    /// is stored.</summary>
    public string? Table => Access().Match(Detail) is { Success: true } match ? match.Groups["table"].Value : null;

    /// <summary>The subquery or common table expression whose rows this step makes.</summary>
    public string? Makes => Subquery().Match(Detail) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>The index that is read, <c>PRIMARY KEY</c> where it is the table itself.</summary>
    public string? Index => UsedIndex().Match(Detail) is not { Success: true } match ? null
        : match.Groups["name"] is { Success: true } name ? name.Value : "PRIMARY KEY";

    public bool Searches => Detail.StartsWith("SEARCH ", StringComparison.Ordinal);

    /// <summary>Whether every row is read: by a scan, or to build an index for this one statement.</summary>
    public bool ReadsAll => Table is not null && (!Searches || Detail.Contains(" USING AUTOMATIC ", StringComparison.Ordinal));

    public bool Sorts => Detail.StartsWith("USE TEMP B-TREE ", StringComparison.Ordinal);

    [GeneratedRegex(@"^(SCAN|SEARCH) (?!\(|(\d+ )?CONSTANT ROWS?$|\d+-ROW VALUES CLAUSE$)(?<table>.+?)( USING .*| VIRTUAL TABLE INDEX .*|( LEFT-JOIN| EXISTS)?)$(?<!VIRTUAL TABLE INDEX .*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Access();

    [GeneratedRegex(@"^(MATERIALIZE|CO-ROUTINE) (?<name>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subquery();

    [GeneratedRegex(@" USING (COVERING )?(INDEX (?<name>.+?)|(INTEGER )?PRIMARY KEY)( \(.*\))?( LEFT-JOIN)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsedIndex();
}
