using System.Diagnostics;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Concurrency;

/// <summary>The pattern that "database is locked" reports are made of: read, compute, write, many at the same time.</summary>
public sealed class ReadThenWriteTests
{
    [Fact]
    public async Task Sixty_four_tasks_read_and_write_one_counter_without_a_lock_error_or_a_lost_update()
    {
        const int Tasks = 64;
        var units = Scale.Of(100, 1_000);
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of("64 tasks, read then write");
        await using (var database = new TestDatabase(folder.Database()))
        {
            await CreateAsync(database);
            var started = Stopwatch.GetTimestamp();

            await Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => Task.Run(() => IncreaseAsync(database, units)))); // an error fails the test

            figures["units per second"] = Tasks * units / Stopwatch.GetElapsedTime(started).TotalSeconds;
            figures["units"] = Tasks * units;
            Assert.Equal(Tasks * units, await database.Database.ExecuteScalarAsync<long>("SELECT n FROM counters WHERE id = 1"));
        }

        using (var raw = new RawDatabase(folder.Database()))
        {
            Assert.Empty(raw.Damage());
        }

        folder.Passed();
    }

    [Fact]
    public async Task Four_processes_write_one_file_without_an_error_or_a_lost_update()
    {
        const int Processes = 4;
        var writes = Scale.Of(500, 5_000);
        using var folder = new ScenarioFolder(onDisk: true);
        using var figures = Summary.Of("4 processes, read then write");
        await using (var database = new TestDatabase(folder.Database()))
        {
            await CreateAsync(database);
        }

        var children = Enumerable.Range(0, Processes).Select(_ => HostProcess.Start("count", folder.Database(), $"{writes}", "8")).ToList();
        try
        {
            foreach (var child in children)
            {
                await child.ExpectAsync("ready");
            }

            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(children.Select(static child => child.GoOnAsync()));
            var said = await Task.WhenAll(children.Select(static child => child.ReadToEndAsync()));
            figures["units per second"] = Processes * writes / Stopwatch.GetElapsedTime(started).TotalSeconds;
            figures["units"] = Processes * writes;

            Assert.All(said, lines => Assert.Equal([$"done {writes} 0"], lines));
        }
        finally
        {
            children.ForEach(static child => child.Dispose());
        }

        using (var raw = new RawDatabase(folder.Database()))
        {
            Assert.Empty(raw.Damage());
            Assert.Equal(Processes * writes, raw.Number("SELECT n FROM counters WHERE id = 1"));
        }

        folder.Passed();
    }

    [Fact]
    public async Task The_counter_notices_a_lost_update()
    {
        const int Tasks = 8;
        using var folder = new ScenarioFolder();
        await using var database = new TestDatabase(folder.Database());
        await CreateAsync(database);
        using var bothHaveRead = new Barrier(Tasks);

        // The negative control: reads and writes in units of their own, as code does that forgets the transaction.
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var n = database.Database.ExecuteScalarAsync<long>("SELECT n FROM counters WHERE id = 1").GetAwaiter().GetResult();
                bothHaveRead.SignalAndWait();
                database.Database.ExecuteAsync("UPDATE counters SET n = @n WHERE id = 1", new { n = n + 1 }).GetAwaiter().GetResult();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Equal(1, await database.Database.ExecuteScalarAsync<long>("SELECT n FROM counters WHERE id = 1"));
        folder.Passed();
    }

    private static Task<BatchResult> CreateAsync(TestDatabase database) => database.Database.ExecuteBatchAsync(
    [
        new("CREATE TABLE counters (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"),
        new("INSERT INTO counters VALUES (1, 0)"),
    ]);

    private static async Task IncreaseAsync(TestDatabase database, int units)
    {
        for (var i = 0; i < units; i++)
        {
            await database.Database.WriteAsync(static async session =>
            {
                var n = await session.ExecuteScalarAsync<long>("SELECT n FROM counters WHERE id = 1");
                await session.ExecuteAsync("UPDATE counters SET n = @n WHERE id = 1", new { n = n + 1 });
            });
        }
    }
}
