using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Fakes;

/// <summary>A provider without an engine: it runs each unit where it is submitted, and fails as it is told.</summary>
internal sealed class FakeProvider : DatabaseProvider
{
    public override DatabaseCapabilities Capabilities { get; } = new()
    {
        SystemName = "fake",
        InteractiveTransactions = true,
        SnapshotReads = true,
        MaxParameters = 10,
        Savepoints = true,
    };

    public override string DatabaseNamespace => "fake.db";

    public override int MaxAttempts => Attempts;

    /// <summary>How often a unit is tried in all.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>What ends a run instead of success, by the number of the run; <see langword="null"/> for success.</summary>
    public Func<int, Exception?> Ending { get; init; } = static _ => null;

    /// <summary>Makes the statements.</summary>
    public Func<string, ProviderCommand> Commands { get; init; } = static sql => new FakeCommand(sql);

    /// <summary>Runs so far.</summary>
    public int Runs { get; private set; }

    public override Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Submit(UnitOfWork unit) => _ = RunAsync(unit);

    public override async Task<BatchResult> ExecuteBatchAsync(Batch batch, CancellationToken cancellationToken)
    {
        _ = RunAsync(batch.ToUnit(cancellationToken, out var result));
        return await result;
    }

    public override ValueTask DisposeAsync() => default;

    public override void Dispose()
    {
    }

    private async Task RunAsync(UnitOfWork unit)
    {
        Runs++;
        try
        {
            await unit.RunAsync(new FakeSession(Commands));
            if (Ending(Runs) is { } exception)
            {
                unit.Fail(exception);
            }
            else
            {
                unit.Succeed();
            }
        }
        catch (Exception exception) // it belongs to the caller of the unit
        {
            unit.Fail(exception);
        }
    }
}
