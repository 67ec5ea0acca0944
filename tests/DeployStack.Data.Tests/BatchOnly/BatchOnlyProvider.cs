using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Tests.BatchOnly.Remote;

namespace DeployStack.Data.Tests.BatchOnly;

/// <summary>A provider that is as unlike SQLite as the seam allows: no interactive transactions, no snapshots, no
/// savepoints, no connections, few parameters, everything far away and some of it twice.</summary>
internal sealed class BatchOnlyProvider(RemoteEngine engine, bool ownsEngine = false) : DatabaseProvider
{
    private readonly CancellationTokenSource _giveUp = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private int _running;
    private bool _closed;

    public override DatabaseCapabilities Capabilities { get; } = new()
    {
        SystemName = "batch_only",
        InteractiveTransactions = false,
        SnapshotReads = false,
        MaxParameters = 100,
        SqliteSchema = true,
        ConsistentCopy = true,
    };

    public override string DatabaseNamespace => "remote";

    // with a fault in every sixteenth request, a unit of ten statements fails as often once in a very long time
    public override int MaxAttempts => 30;

    public override async Task OpenAsync(CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            await Task.Delay(1, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    public override void Submit(UnitOfWork unit)
    {
        Enter();
        _ = RunAsync(unit);
    }

    public override async Task<BatchResult> ExecuteBatchAsync(Batch batch, CancellationToken cancellationToken)
    {
        Enter();
        using var stop = Stop(batch.DeadlineTimestamp, cancellationToken);
        try
        {
            var requests = batch.Statements.Select(statement => Encode(batch, statement)).ToList();
            var affected = await engine.BatchAsync(requests, (i, result) => batch.Check(i, result.RowsAffected, result.Rows.Count > 0), stop.Token);
            return new(affected);
        }
        catch (RemoteFault fault)
        {
            throw BatchOnlyErrors.Of(fault, batch.Options?.Label);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) // the caller's token, the deadline, or the end
        {
            throw Stopped(batch.Options?.Label, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    public override async Task<DatabaseProvider> CreateCopyAsync(DatabaseCopyOptions options, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            return new BatchOnlyProvider(await engine.CopyAsync(cancellationToken), ownsEngine: true);
        }
        finally
        {
            Leave();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (_running == 0)
            {
                _idle.TrySetResult();
            }
        }

        var waited = Task.Delay(TimeSpan.FromSeconds(10));
        if (await Task.WhenAny(_idle.Task, waited) == waited)
        {
            await _giveUp.CancelAsync();
            await _idle.Task;
        }

        _giveUp.Dispose();
        if (ownsEngine)
        {
            engine.Dispose();
        }
    }

    public override void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static RemoteRequest Encode(Batch batch, SqlStatement statement)
    {
        using var command = new BatchOnlyCommand(statement.Sql);
        batch.Bind(command, statement);
        return command.ToRequest();
    }

    private async Task RunAsync(UnitOfWork unit)
    {
        await Task.Yield();
        using var stop = Stop(unit.DeadlineTimestamp, unit.CancellationToken);
        try
        {
            await unit.RunAsync(new BatchOnlySession(engine, stop.Token)).AsTask().WaitAsync(stop.Token);
            unit.Succeed();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) // the caller's token, the deadline, or the end
        {
            unit.Abandon();
            unit.Fail(Stopped(unit.Label, unit.CancellationToken));
        }
        catch (Exception exception) // whatever the work threw belongs to the caller
        {
            unit.Fail(exception);
        }
        finally
        {
            Leave();
        }
    }

    private CancellationTokenSource Stop(long deadline, CancellationToken cancellationToken)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _giveUp.Token);
        if (deadline != long.MaxValue)
        {
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
            stop.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }

        return stop;
    }

    private Exception Stopped(string? label, CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested
        ? new OperationCanceledException(cancellationToken)
        : _giveUp.IsCancellationRequested
            ? new ObjectDisposedException(nameof(IDeployStackDatabase), "The database was disposed while the unit was running; nothing was written.")
            : new DatabaseException(DatabaseErrorKind.Timeout, "The deadline of the unit passed; nothing was written. Give it more time, or ask for less.") { Label = label };

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IDeployStackDatabase));
            _running++;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_running == 0 && _closed)
            {
                _idle.TrySetResult();
            }
        }
    }
}
