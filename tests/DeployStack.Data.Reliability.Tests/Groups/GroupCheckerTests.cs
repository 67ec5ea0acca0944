using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>The negative control of the group scenarios: a checker that finds nothing proves nothing.</summary>
public sealed class GroupCheckerTests
{
    private const int Size = 8;

    [Fact]
    public async Task A_true_ledger_has_no_violations_and_every_kind_of_false_one_has()
    {
        using var folder = new ScenarioFolder();
        Ledger ledger;
        await using (var database = new TestDatabase(folder.Database()))
        {
            await UnitGroup.CreateAsync(database, Size);
            ledger = await new UnitGroup(database, Size).RunAsync();
        }

        Assert.Equal(Size, ledger.Count(Told.Committed));
        Assert.Empty(GroupChecker.Violations(folder.Database(), ledger));

        Assert.Equal(["unit 3 was reported failed and is there"], GroupChecker.Violations(folder.Database(), ledger.With(3, Told.NotCommitted)));
        Assert.Empty(GroupChecker.Violations(folder.Database(), ledger.With(3, Told.Unknown)));
        using (var raw = new RawDatabase(folder.Database()))
        {
            raw.Execute("UPDATE applied SET times = 2 WHERE unit = 0");
            raw.Execute("DELETE FROM parts WHERE unit = 4 AND part = 2");
            raw.Execute("UPDATE applied SET times = 0 WHERE unit = 6");
        }

        Assert.Equal(
            ["unit 0 was applied 2 times", "unit 4 is torn: 1 rows instead of 2", "unit 6 was acknowledged and is lost"],
            GroupChecker.Violations(folder.Database(), ledger));
        folder.Passed();
    }
}
