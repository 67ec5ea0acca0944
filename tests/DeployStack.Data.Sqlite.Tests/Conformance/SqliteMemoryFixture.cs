namespace DeployStack.Data.Sqlite.Tests.Conformance;

/// <summary>A database in memory: each instance is a place of its own.</summary>
public sealed class SqliteMemoryFixture : SqliteFixture
{
    public override bool KeepsData => false;

    public override object CreatePlace() => ":memory:";

    public override Task RemovePlaceAsync(object place) => Task.CompletedTask;

    protected override string PathOf(object place) => (string)place;
}
