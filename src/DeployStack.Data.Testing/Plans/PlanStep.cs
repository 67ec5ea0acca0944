using System.Text.RegularExpressions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Testing.Plans;

/// <summary>What a step of a query plan says of tables and indexes (https://www.sqlite.org/eqp.html).</summary>
/// <param name="Node">The step.</param>
internal sealed partial record PlanStep(PlanNode Node)
{
    /// <summary>The table or alias that a SCAN or SEARCH reads; <see langword="null"/> where it reads none, or none that
    /// is stored.</summary>
    public string? Table => Access().Match(Node.Detail) is { Success: true } match ? match.Groups["table"].Value : null;

    /// <summary>The subquery or common table expression whose rows this step makes.</summary>
    public string? Makes => Subquery().Match(Node.Detail) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>The index that is read, <c>PRIMARY KEY</c> where it is the table itself.</summary>
    public string? Index => UsedIndex().Match(Node.Detail) is not { Success: true } match ? null
        : match.Groups["name"] is { Success: true } name ? name.Value : "PRIMARY KEY";

    public bool Searches => Node.Detail.StartsWith("SEARCH ", StringComparison.Ordinal);

    /// <summary>Whether every row is read: by a scan, or to build an index for this one statement.</summary>
    public bool ReadsAll => Table is not null && Node.Verdict is PlanVerdict.FullScan or PlanVerdict.AutomaticIndex;

    public bool Sorts => Node.Verdict is PlanVerdict.TemporaryBTree;

    [GeneratedRegex(@"^(SCAN|SEARCH) (?!\(|(\d+ )?CONSTANT ROWS?$|\d+-ROW VALUES CLAUSE$)(?<table>.+?)( USING .*| VIRTUAL TABLE INDEX .*|( LEFT-JOIN| EXISTS)?)$(?<!VIRTUAL TABLE INDEX .*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Access();

    [GeneratedRegex(@"^(MATERIALIZE|CO-ROUTINE) (?<name>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Subquery();

    [GeneratedRegex(@" USING (COVERING )?(INDEX (?<name>.+?)|(INTEGER )?PRIMARY KEY)( \(.*\))?( LEFT-JOIN)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsedIndex();
}
