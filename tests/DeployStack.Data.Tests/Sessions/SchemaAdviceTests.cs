using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.Fakes;

namespace DeployStack.Data.Tests.Sessions;

public sealed class SchemaAdviceTests
{
    [Theory]
    [InlineData(0, "no such table: t.")]
    [InlineData(1, "no such table: t. 1 migration is pending (0001): run IMigrationRunner.ApplyAsync.")]
    [InlineData(3, "no such table: t. 3 migrations are pending (0001, 0002, 0003): run IMigrationRunner.ApplyAsync.")]
    [InlineData(7, "no such table: t. 7 migrations are pending (0001, 0002, 0003, 0004, 0005, …): run IMigrationRunner.ApplyAsync.")]
    public async Task A_missing_table_is_told_with_the_pending_migrations(int pending, string message)
    {
        var database = Create(new State(() => [.. Enumerable.Range(1, pending).Select(static i => $"{i:0000}")]));
        Assert.Equal(message, (await FailAsync(database)).Message);
        var batch = await Assert.ThrowsAsync<DatabaseException>(() => database.ExecuteBatchAsync([new("SELECT 1")]));
        Assert.Equal(message, batch.Message);
    }

    [Fact]
    public async Task A_look_up_that_fails_leaves_the_error_and_says_so()
    {
        var database = Create(new State(static () => throw new InvalidTimeZoneException("secret")));
        Assert.Equal("no such table: t. Whether migrations are pending could not be found out (InvalidTimeZoneException).", (await FailAsync(database)).Message);
    }

    [Fact]
    public async Task Without_migrations_and_for_other_errors_nothing_is_asked()
    {
        Assert.Equal("no such table: t.", (await FailAsync(Create(null))).Message);
        var asked = false;
        var database = Create(
            new State(() =>
            {
                asked = true;
                return ["0001"];
            }),
            DatabaseErrorKind.UniqueViolation);
        Assert.Equal("no such table: t.", (await FailAsync(database)).Message);
        Assert.False(asked);
    }

    [Fact]
    public async Task Who_asks_without_advice_gets_none()
    {
        var database = Create(new State(static () => ["0001"]));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => database.QueryAsync<int>("SELECT 1", options: new() { WithoutAdvice = true }));
        Assert.Equal("no such table: t.", error.Message);
    }

    private static IDeployStackDatabase Create(IMigrationState? state, DatabaseErrorKind kind = DatabaseErrorKind.SchemaMissing) => DatabaseFactory.Create(
        new FakeProvider { Commands = sql => new FakeCommand(sql) { Failure = new DatabaseException(kind, "no such table: t.") } },
        new() { Migrations = () => state });

    private static Task<DatabaseException> FailAsync(IDeployStackDatabase database)
        => Assert.ThrowsAsync<DatabaseException>(() => database.QueryAsync<int>("SELECT 1"));

    private sealed class State(Func<IReadOnlyList<string>> pending) : IMigrationState
    {
        public Task<IReadOnlyList<string>> GetPendingAsync(CancellationToken cancellationToken = default) => Task.FromResult(pending());
    }
}
