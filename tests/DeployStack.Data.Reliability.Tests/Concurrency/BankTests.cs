using DeployStack.Data.Reliability.Host;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Concurrency;

/// <summary>The bank of Jepsen's tests: money moves between 20 accounts, and every snapshot sums up to the same total and
/// reads the same twice.</summary>
public sealed class BankTests
{
    private const int Accounts = 20;
    private const long Total = 20_000;

    [Fact]
    public async Task Every_snapshot_shows_the_same_total_while_tasks_and_processes_move_money()
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of("bank");
        await using (var database = new TestDatabase(folder.Database()))
        {
            await CreateAsync(database);
            var transfers = Scale.Of(500, 100_000);
            using var clerk = HostProcess.Start("bank", folder.Database(), $"{transfers}", $"{Scale.Seed}");
            var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => TransferAsync(database, transfers, Scale.Seed + i))));
            var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => WatchAsync(database, writers))).ToArray();

            await writers;
            var watched = await Task.WhenAll(readers);
            Assert.Equal([$"done {transfers}"], await clerk.ReadToEndAsync());

            figures["transfers"] = transfers * 5;
            figures["snapshots"] = watched.Sum(static result => result.Snapshots);
            Assert.Equal([], watched.SelectMany(static result => result.Violations));
            Assert.True(watched.Sum(static result => result.Snapshots) > 100);
            Assert.Equal(Total, await database.Database.ExecuteScalarAsync<long>("SELECT sum(balance) FROM accounts"));
        }

        folder.Passed();
    }

    [Fact]
    public async Task The_watchers_notice_a_transfer_in_two_transactions()
    {
        using var folder = new ScenarioFolder();
        await using (var database = new TestDatabase(folder.Database()))
        {
            await CreateAsync(database);
            var noticed = new TaskCompletionSource();
            var watcher = Task.Run(async () =>
            {
                var (_, violations) = await WatchAsync(database, noticed.Task, stopAtFirst: true);
                return violations;
            });

            while (!watcher.IsCompleted)
            {
                await database.Database.ExecuteAsync("UPDATE accounts SET balance = balance - 5 WHERE id = 1");
                await database.Database.ExecuteAsync("UPDATE accounts SET balance = balance + 5 WHERE id = 2");
            }

            Assert.NotEmpty(await watcher);
            noticed.SetResult();
        }

        folder.Passed();
    }

    private static Task<BatchResult> CreateAsync(TestDatabase database) => database.Database.ExecuteBatchAsync(
    [
        new("CREATE TABLE accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL)"),
        new($"INSERT INTO accounts SELECT value, {Total / Accounts} FROM json_each('[{string.Join(',', Enumerable.Range(1, Accounts))}]')"),
    ]);

    private static async Task TransferAsync(TestDatabase database, int transfers, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < transfers; i++)
        {
            await BankClerk.TransferAsync(database.Database, random.Next(1, Accounts + 1), random.Next(1, Accounts + 1), random.Next(1, 10));
        }
    }

    private static async Task<(int Snapshots, List<string> Violations)> WatchAsync(TestDatabase database, Task until, bool stopAtFirst = false)
    {
        List<string> violations = [];
        var snapshots = 0;
        while (!until.IsCompleted && !(stopAtFirst && violations.Count > 0))
        {
            var (first, second) = await database.Database.ReadAsync(static async session => (
                await session.QueryAsync<long>("SELECT balance FROM accounts ORDER BY id"),
                await session.QueryAsync<long>("SELECT balance FROM accounts ORDER BY id")));
            snapshots++;
            if (first.Sum() != Total)
            {
                violations.Add($"a snapshot sums up to {first.Sum()}");
            }

            if (!first.SequenceEqual(second))
            {
                violations.Add("one snapshot read twice differs");
            }
        }

        return (snapshots, violations);
    }
}
