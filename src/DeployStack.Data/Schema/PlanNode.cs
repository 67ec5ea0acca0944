namespace DeployStack.Data.Schema;

/// <summary>A step of a query plan.</summary>
/// <param name="Detail">In the engine's words: <c>SEARCH teams USING INDEX …</c>.</param>
/// <param name="Verdict">What it costs.</param>
/// <param name="Steps">What it consists of, in order.</param>
public sealed record PlanNode(string Detail, PlanVerdict Verdict, IReadOnlyList<PlanNode> Steps);
