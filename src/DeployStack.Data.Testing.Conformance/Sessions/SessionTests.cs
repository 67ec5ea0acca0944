using Xunit;

namespace DeployStack.Data.Testing.Conformance.Sessions;

/// <summary>What a session is: valid inside its unit, one operation at a time, unable to write when it reads.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class SessionTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    [Fact]
    public async Task A_read_returns_what_its_work_returns()
    {
        var database = await CreateDatabaseAsync("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO t VALUES (1, 'a'), (2, 'b')");
        Assert.Equal(2, await database.ReadAsync(s => s.ExecuteScalarAsync<long>("SELECT count(*) FROM t")));
    }
}
