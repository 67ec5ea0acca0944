using DeployStack.Data.Sessions;
using DeployStack.Data.Tests.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Tests.Sessions;

public sealed class AfterCommitLogTests
{
    [Fact]
    public async Task An_action_that_throws_is_logged_and_the_others_run()
    {
        var logger = new FakeLogger();
        var database = DatabaseFactory.Create(new FakeProvider(), new() { Logger = logger });
        var thrown = new InvalidTimeZoneException("mine");
        var ran = new List<int>();
        var result = await database.WriteAsync(
            s =>
            {
                s.AfterCommit(() => ran.Add(1));
                s.AfterCommit(() => throw thrown);
                s.AfterCommit(() => ran.Add(3));
                return ValueTask.FromResult("committed");
            },
            new WriteOptions { Label = "save" });
        Assert.Equal("committed", result);
        Assert.Equal([1, 3], ran);
        var record = Assert.Single(logger.Collector.GetSnapshot(), static record => record.Id.Id == 1002);
        Assert.Equal((LogLevel.Error, "AfterCommitFailed"), (record.Level, record.Id.Name));
        Assert.Same(thrown, record.Exception);
        Assert.Equal(("after_commit", "save"), (record.GetStructuredStateValue("Operation"), record.GetStructuredStateValue("Label")));
    }
}
