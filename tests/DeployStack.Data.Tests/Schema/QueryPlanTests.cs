using DeployStack.Data.Schema;

namespace DeployStack.Data.Tests.Schema;

public sealed class QueryPlanTests
{
    [Theory]
    [InlineData("SCAN teams", PlanVerdict.FullScan)]
    [InlineData("SCAN t USING COVERING INDEX t_a", PlanVerdict.FullScan)]
    [InlineData("SEARCH teams USING INTEGER PRIMARY KEY (rowid=?)", PlanVerdict.Fine)]
    [InlineData("SEARCH t USING AUTOMATIC COVERING INDEX (a=?)", PlanVerdict.AutomaticIndex)]
    [InlineData("USE TEMP B-TREE FOR ORDER BY", PlanVerdict.TemporaryBTree)]
    [InlineData("SCAN CONSTANT ROW", PlanVerdict.Fine)]
    [InlineData("SCAN (subquery-1)", PlanVerdict.Fine)]
    [InlineData("SCAN json_each VIRTUAL TABLE INDEX 1:", PlanVerdict.Fine)]
    [InlineData("CO-ROUTINE scan", PlanVerdict.Fine)]
    public void A_step_is_judged_by_what_it_does(string detail, PlanVerdict verdict)
        => Assert.Equal(verdict, Assert.Single(QueryPlan.Of([new(2, 0, detail)]).Steps).Verdict);

    [Fact]
    public void Steps_stand_below_what_they_belong_to()
    {
        var plan = QueryPlan.Of([new(2, 0, "CO-ROUTINE x"), new(5, 2, "SCAN a"), new(9, 0, "SCAN (subquery-1)"), new(12, 2, "USE TEMP B-TREE FOR ORDER BY")]);
        Assert.Equal(
            "CO-ROUTINE x\n  SCAN a [FullScan]\n  USE TEMP B-TREE FOR ORDER BY [TemporaryBTree]\nSCAN (subquery-1)",
            plan.ToString());
        Assert.Equal(4, plan.AllSteps.Count());
    }

    [Theory]
    [InlineData("SEARCH a USING INDEX i", "SCAN a", true)]
    [InlineData("SCAN a", "SEARCH a USING INDEX i", false)]
    [InlineData("SCAN a", "SCAN a", false)]
    [InlineData("SCAN a", "SEARCH a USING AUTOMATIC INDEX (x=?)", true)]
    public void A_plan_is_worse_if_it_has_more_of_what_costs(string before, string after, bool isWorse)
        => Assert.Equal(isWorse, QueryPlan.Of([new(1, 0, after)]).IsWorseThan(QueryPlan.Of([new(1, 0, before)])));
}
