using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>A server that knows two requests, a query and an atomic batch: far away, and not always in the mood.</summary>
/// <remarks>It refuses some requests at random with a fault that sending them again cures. The seed makes a run repeatable
/// as far as its threads allow.</remarks>
internal sealed class RemoteEngine : IDisposable
{
    private const int MaxParameters = 100;
    private const int OneFaultIn = 16;
    private const int StepsBetweenLooks = 1_000;

    private readonly SqliteConnection _connection = new("Data Source=:memory:;Pooling=False");
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _dice = new();
    private readonly Random _random;

    public RemoteEngine(int seed)
    {
        _random = new(seed);
        _connection.Open();
        raw.sqlite3_extended_result_codes(Db, 1);
        raw.sqlite3_limit(Db, raw.SQLITE_LIMIT_VARIABLE_NUMBER, MaxParameters);
        Run("PRAGMA foreign_keys = ON");
    }

    /// <summary>Faults that were given so far.</summary>
    public int Faults { get; private set; }

    private sqlite3 Db => _connection.Handle!;

    public async Task<RemoteResult> QueryAsync(RemoteRequest request, CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        return await TakeTurnAsync(() => Execute(request, mayWrite: false), cancellationToken);
    }

    /// <param name="requests">The statements in order.</param>
    /// <param name="check">Called after each, with its index; what it throws rolls everything back.</param>
    /// <param name="cancellationToken">Stops a running statement; nothing is written then.</param>
    public async Task<int[]> BatchAsync(IReadOnlyList<RemoteRequest> requests, Action<int, RemoteResult> check, CancellationToken cancellationToken)
    {
        await TravelAsync(cancellationToken);
        return await TakeTurnAsync(() => ExecuteAll(requests, check), cancellationToken);
    }

    /// <summary>A second server with the content of this one.</summary>
    public async Task<RemoteEngine> CopyAsync(CancellationToken cancellationToken)
    {
        var copy = new RemoteEngine(Roll(int.MaxValue));
        return await TakeTurnAsync(
            () =>
            {
                _connection.BackupDatabase(copy._connection);
                return copy;
            },
            cancellationToken);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private async Task TravelAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        await Task.Delay(Roll(3), cancellationToken);
        ThrowAtRandom(RemoteFaultCode.Unreachable, "the connection was reset before the request arrived");
    }

    private async Task<T> TakeTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            raw.sqlite3_progress_handler(Db, StepsBetweenLooks, static token => ((CancellationToken)token).IsCancellationRequested ? 1 : 0, cancellationToken);
            return await Task.Run(work, cancellationToken);
        }
        catch (RemoteFault fault) when (fault.Native == raw.SQLITE_INTERRUPT)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private int[] ExecuteAll(IReadOnlyList<RemoteRequest> requests, Action<int, RemoteResult> check)
    {
        var affected = new int[requests.Count];
        Run("BEGIN IMMEDIATE");
        try
        {
            for (var i = 0; i < affected.Length; i++)
            {
                var result = Execute(requests[i], mayWrite: true, i);
                affected[i] = result.RowsAffected;
                check(i, result);
            }

            ThrowAtRandom(RemoteFaultCode.Conflict, "the transaction met another one and was rolled back");
            Commit();
            return affected;
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(Db) == 0)
            {
                Run("ROLLBACK");
            }

            throw;
        }
    }

    private void Commit()
    {
        try
        {
            Run("COMMIT");
        }
        catch (RemoteFault fault) when (fault.Native == raw.SQLITE_CONSTRAINT_FOREIGNKEY)
        {
            throw RemoteForeignKeys.Explain(Db, fault);
        }
    }

    private RemoteResult Execute(RemoteRequest request, bool mayWrite, int? index = null)
    {
        try
        {
            using var statement = new RemoteStatement(Db, request.Sql);
            if (!mayWrite && !statement.IsReadOnly)
            {
                throw new RemoteFault(RemoteFaultCode.ReadOnly, "a statement that writes was sent to be read");
            }

            statement.Bind(request.Values);
            return statement.Run();
        }
        catch (RemoteFault fault)
        {
            var explained = fault.Native == raw.SQLITE_CONSTRAINT_FOREIGNKEY ? RemoteForeignKeys.Explain(Db, fault, request) : fault;
            explained.Sql = request.Sql;
            explained.Index = index;
            throw explained;
        }
    }

    private void Run(string sql)
    {
        using var statement = new RemoteStatement(Db, sql);
        statement.Run();
    }

    private void ThrowAtRandom(RemoteFaultCode code, string message)
    {
        if (Roll(OneFaultIn) == 0)
        {
            lock (_dice)
            {
                Faults++;
            }

            throw new RemoteFault(code, message);
        }
    }

    private int Roll(int sides)
    {
        lock (_dice)
        {
            return _random.Next(sides);
        }
    }
}
