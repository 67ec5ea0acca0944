using System.Diagnostics;
using Xunit;

namespace DeployStack.Data.Testing.Conformance;

/// <summary>Statements that take long, and what measures how fast they end.</summary>
internal static class Slow
{
    /// <summary>Counts for many seconds.</summary>
    public const string Query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n";

    /// <summary>Gives rows without end.</summary>
    public const string Rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT i FROM n WHERE i % 1000 = 0";

    /// <summary>Counts for many seconds, then inserts one row into t(id).</summary>
    public const string Insert = "INSERT INTO t(id) " + Query;

    /// <summary>Counts for some tens of milliseconds.</summary>
    public const string ShortQuery = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n";

    private const int Attempts = 5;

    /// <summary>Measures something up to five times and asserts that the best time is below a bound: one good run shows
    /// what the code can do, and a busy machine spoils single runs.</summary>
    /// <param name="bound">Multiplied by <see cref="TestScale.Slack"/>.</param>
    /// <param name="measure">Gives the time of one run.</param>
    public static async Task BestIsBelowAsync(TimeSpan bound, Func<Task<TimeSpan>> measure)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < Attempts && best >= bound * TestScale.Slack; i++)
        {
            var time = await measure();
            best = time < best ? time : best;
        }

        Assert.True(best < bound * TestScale.Slack, $"The best of {Attempts} runs took {best.TotalMilliseconds:F1} ms.");
    }

    /// <summary>The time from a token's firing to the end of a task that it cancels.</summary>
    /// <param name="start">Starts the work with the token.</param>
    /// <param name="runFor">How long the work runs before the token fires.</param>
    public static async Task<TimeSpan> TimeToCancelAsync(Func<CancellationToken, Task> start, TimeSpan runFor)
    {
        using var source = new CancellationTokenSource();
        var work = start(source.Token);
        await Task.WhenAny(work, Task.Delay(runFor));
        var fired = Stopwatch.GetTimestamp();
        await source.CancelAsync();
        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(TestScale.Patience));
        Assert.Equal(source.Token, exception.CancellationToken);
        return Stopwatch.GetElapsedTime(fired);
    }
}
