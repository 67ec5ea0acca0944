namespace DeployStack.Data.Schema;

/// <summary>A row of <c>EXPLAIN QUERY PLAN</c> (https://www.sqlite.org/eqp.html).</summary>
internal sealed record PlanRow(long Id, long Parent, string Detail);
