using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Many slow queries in a process whose thread pool has two threads, and a timer of 10 ms that shares them. Says
/// <c>gap milliseconds waiting threads control</c> for each round: the longest silence of the timer, the queries that
/// waited at the most, the size of the pool, and the longest silence while as many threads of their own were just as busy
/// without a database, which is what the machine itself does to a timer.</summary>
/// <param name="path">The database.</param>
/// <param name="queries">How many at the same time.</param>
/// <param name="naive">The negative control: the provider's own asynchronous methods, which run SQLite on the caller's thread.</param>
internal sealed class StarvedReader(string path, int queries, bool naive)
{
    private const int Rounds = 5;
    private const int Period = 10;
    private const string Query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @limit) SELECT count(*) FROM n";

    private const int SlowRows = 100_000;
    private const int NaiveRows = 2_500_000;

    private static readonly TimeSpan _longestControl = TimeSpan.FromSeconds(3);

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
            Reset();
            await using var timer = new Timer(_ => Tick(), null, Period, Period);
            var started = Stopwatch.GetTimestamp();
            var reads = Enumerable.Range(0, queries).Select(_ => Task.Run(() => naive ? ReadNaiveAsync() : ReadAsync(database, SlowRows))).ToArray();
            var waiting = 0;
            while (!Task.WhenAll(reads).IsCompleted)
            {
                waiting = Math.Max(waiting, engine.GetReadersStatus().QueueLength);
                await Task.Delay(Period);
            }

            await Task.WhenAll(reads);
            var silence = Reset();
            var took = Stopwatch.GetElapsedTime(started);
            await Task.WhenAll(Enumerable.Range(0, engine.GetReadersStatus().Limit).Select(_ => SpinAsync(took < _longestControl ? took : _longestControl)));
            Speech.Say(FormattableString.Invariant($"gap {silence:0} {waiting} {threads} {Reset():0}"));
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
        command.Parameters.AddWithValue("@limit", NaiveRows);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static Task SpinAsync(TimeSpan time) => Task.Factory.StartNew(
        () =>
        {
            var started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < time)
            {
                Thread.SpinWait(1_000);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    // Starts a measurement and returns the longest silence of the last one in milliseconds.
    private double Reset()
    {
        Tick();
        return Stopwatch.GetElapsedTime(0, Interlocked.Exchange(ref _longest, 0)).TotalMilliseconds;
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
