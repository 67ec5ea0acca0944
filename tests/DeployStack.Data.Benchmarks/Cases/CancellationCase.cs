using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>From a token that fires to the exception, inside a statement that would run for minutes.</summary>
internal sealed class CancellationCase : Case
{
    private const string Ours = "DeployStack.Data";

    private const string Endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

    public override string Name => "cancellation";

    public override string Title => "Cancelling a running read";

    public override string About => "An operation is the time from the call of Cancel to the exception in the caller, the worst of five tries in each round. Microsoft.Data.Sqlite, and with it Dapper and EF Core, do not react to a token while a statement runs.";

    public override string Reference => Ours;

    public override IReadOnlyList<Goal> Goals =>
        [Goal.AtMost("cancelling a running read: token to exception, worst of five", Ours, static sample => sample.Cost, 10e6, Text.Time)];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var ours = workspace.Own(new OurDatabase(workspace.NewDatabase("cancel"), isFull: false)).Database;
        return [new(Ours, _ => new(Enumerable.Range(0, 5).Max(_ => Cancel(ours))))];
    }

    private static double Cancel(IDeployStackDatabase database)
    {
        using var source = new CancellationTokenSource();
        var running = database.ExecuteScalarAsync<long>(Endless, cancellationToken: source.Token);
        Thread.Sleep(20); // the statement is under way
        var start = Stopwatch.GetTimestamp();
        source.Cancel();
        try
        {
            running.GetAwaiter().GetResult();
            throw new InvalidOperationException("The read was not cancelled.");
        }
        catch (OperationCanceledException) // what is waited for
        {
            return Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        }
    }
}
