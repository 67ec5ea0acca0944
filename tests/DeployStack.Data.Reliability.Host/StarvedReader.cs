using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Many slow queries in a process whose thread pool has two threads, and a timer of 10 ms that shares them. Says
/// <c>gap milliseconds waiting threads</c> for each round: the longest silence of the timer, the queries that waited at
/// the most, and the size of the pool.</summary>
/// <param name="path">The database.</param>
/// <param name="queries">How many at the same time.</param>
/// <param name="naive">The negative control: the provider's own asynchronous methods, which run SQLite on the caller's thread.</param>
internal sealed class StarvedReader(string path, int queries, bool naive)
{
    private const int Rounds = 5;
    private const int Period = 10;
    private const string Query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @limit) SELECT count(*) FROM n";

    private const int SlowRows = 100_000;

    private long _last;
    private long _longest;

    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path, static options => options.AcquireTimeout = TimeSpan.FromMinutes(2));
        var database = services.GetRequiredService<IDeployStackDatabase>();
        var engine = services.GetRequiredService<Sqlite.ISqliteEngine>();
        for (var i = 0; i < 100; i++)
        {
            await ReadAsync(database, 10); // the place in the code has proved itself short by now
        }

        ThreadPool.GetMaxThreads(out var threads, out _);
        for (var round = 0; round < Rounds; round++)
        {
            _longest = 0;
            _last = Stopwatch.GetTimestamp();
            await using var timer = new Timer(_ => Tick(), null, Period, Period);
            var reads = Enumerable.Range(0, queries).Select(_ => Task.Run(() => naive ? ReadNaiveAsync() : ReadAsync(database, SlowRows))).ToArray();
            var waiting = 0;
            while (!Task.WhenAll(reads).IsCompleted)
            {
                waiting = Math.Max(waiting, engine.GetReadersStatus().QueueLength);
                await Task.Delay(Period);
            }

            await Task.WhenAll(reads);
            Speech.Say(FormattableString.Invariant($"gap {Stopwatch.GetElapsedTime(0, Volatile.Read(ref _longest)).TotalMilliseconds:0} {waiting} {threads}"));
        }

        return 0;
    }

    private static Task<long> ReadAsync(IDeployStackDatabase database, int limit)
        => database.ExecuteScalarAsync<long>(Query, new { limit });

    private async Task<long> ReadNaiveAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={path}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Query;
        command.Parameters.AddWithValue("@limit", SlowRows);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private void Tick()
    {
        var now = Stopwatch.GetTimestamp();
        var gap = now - Interlocked.Exchange(ref _last, now);
        if (gap > Volatile.Read(ref _longest))
        {
            Volatile.Write(ref _longest, gap); // ticks of a starved pool may overlap; the longest silence is what counts
        }
    }
}
