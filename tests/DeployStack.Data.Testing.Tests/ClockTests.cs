using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Testing.Tests;

public sealed class ClockTests
{
    private static readonly DateTimeOffset _birth = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Migrations_and_settings_go_by_the_clock_of_the_test()
    {
        await using var db = await Schema.Quickstart.CreateAsync();
        Assert.All((await db.Migrations.GetStatusAsync()).Applied, migration => Assert.Equal(_birth, migration.AppliedAt));

        db.Time.Advance(TimeSpan.FromDays(30));
        await db.Settings.SetAsync(Schema.Greeting, "later");
        var updated = await db.QuerySingleAsync<long>("SELECT updated_at FROM globalSettings WHERE key = 'test.greeting'");
        Assert.Equal(_birth.AddDays(30).ToUnixTimeSeconds(), updated);
        Assert.Same(db.Time, db.Services.GetRequiredService<TimeProvider>());
    }

    [Fact]
    public async Task The_clock_of_one_test_moves_no_other()
    {
        await using var one = await Schema.Items.CreateAsync();
        await using var other = await Schema.Items.CreateAsync();
        one.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal((_birth.AddHours(1), _birth), (one.Time.GetUtcNow(), other.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_copy_begins_where_the_clock_of_the_template_ended_or_where_it_is_told()
    {
        var template = TestDatabase.Template(options =>
        {
            options.StartTime = _birth.AddYears(10);
            options.Seed((database, _) =>
            {
                database.Time.Advance(TimeSpan.FromHours(1));
                return Task.CompletedTask;
            });
        });
        await using var db = await template.CreateAsync();
        await using var told = await template.CreateAsync(options => options.StartTime = _birth.AddYears(20));
        Assert.Equal((_birth.AddYears(10).AddHours(1), _birth.AddYears(20)), (db.Time.GetUtcNow(), told.Time.GetUtcNow()));
    }

    [Fact]
    public async Task The_clock_of_the_system_can_be_had_instead()
    {
        await using var db = await Schema.Items.CreateAsync(options => options.UseSystemTime = true);
        Assert.Null(db.Services.GetService<TimeProvider>());
        Assert.Throws<InvalidOperationException>(() => db.Time);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_unit_that_waits_meets_its_deadline_though_the_clock_stands_still(bool onFile)
    {
        await using var db = await Schema.Items.CreateAsync(options =>
        {
            if (onFile)
            {
                options.OnFile();
            }
        });
        var release = new TaskCompletionSource();
        var holds = new TaskCompletionSource();
        var holder = db.WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("DELETE FROM items");
                holds.SetResult();
                await release.Task;
            },
            new() { RunOnce = true });
        await holds.Task;
        var waiting = await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync("DELETE FROM items", options: new() { Deadline = TimeSpan.FromMilliseconds(50) }));
        Assert.Equal(DatabaseErrorKind.Timeout, waiting.Kind);
        release.SetResult();
        await holder;
    }
}
