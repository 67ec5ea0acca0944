using System.Data.Common;
using System.Runtime.CompilerServices;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>The session of one run of one unit of work.</summary>
/// <remarks>On a synchronous engine every operation is complete when it returns, without an async state machine.</remarks>
internal sealed class Session(DatabaseContext context, ProviderSession provider, UnitOfWork unit) : IWriteSession
{
    private int _state; // 0 free, 1 in an operation, 2 ended

    public DbConnection Connection
    {
        get
        {
            ThrowIfEnded();
            return unit.Principal is null
                ? provider.Connection
                : throw new DatabaseException(DatabaseErrorKind.NotAuthorized, $"The plugin '{unit.Principal.Id}' may not have the connection, on which nothing would confine it to its tables. Use the session's own methods.") { Label = unit.Label };
        }
    }

    /// <summary>What runs after COMMIT; <see langword="null"/> for nothing.</summary>
    public List<Action>? Callbacks { get; private set; }

    public string? Label => unit.Label;

    public ValueTask<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
        => Run(new Operation<IReadOnlyList<T>>(this, sql, parameters, Fetch.All<T>.Instance));

    public ValueTask<T> QuerySingleAsync<T>(string sql, object? parameters = null)
        => Run(new Operation<T>(this, sql, parameters, Fetch.Single<T>.Instance));

    public ValueTask<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null)
        => Run(new Operation<T?>(this, sql, parameters, Fetch.SingleOrDefault<T>.Instance));

    public ValueTask<T?> QueryFirstOrDefaultAsync<T>(string sql, object? parameters = null)
        => Run(new Operation<T?>(this, sql, parameters, Fetch.FirstOrDefault<T>.Instance));

    public ValueTask<T?> ExecuteScalarAsync<T>(string sql, object? parameters = null)
        => Run(new Operation<T?>(this, sql, parameters, Fetch.Scalar<T>.Instance));

    /// <summary>Executes one statement of a batch and checks what is expected of it.</summary>
    public ValueTask<int> ExecuteStepAsync(StatementBatch batch, int index)
        => Run(new Operation<int>(this, batch.Statements[index].Sql, batch.Statements[index].Parameters, new BatchStepFetch(batch, index)) { IsInBatch = true });

    public ValueTask<int> ExecuteAsync(string sql, object? parameters = null)
        => Run(new Operation<int>(this, sql, parameters, Fetch.Affected.Instance));

    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        var cursor = await Run(new Operation<Cursor<T>>(this, sql, parameters, Fetch.Open<T>.Instance)).ConfigureAwait(false);
        try
        {
            while (await StepAsync(cursor, sql).ConfigureAwait(false))
            {
                yield return cursor.Current;
            }
        }
        finally
        {
            if (Volatile.Read(ref _state) != 2)
            {
                await CloseAsync(cursor).ConfigureAwait(false);
            }

            Instrumentation.End(cursor.Measured, sql, Label, cursor.Rows, cursor.Error);
        }
    }

    public async ValueTask SavepointAsync(Func<IWriteSession, ValueTask> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        await SavepointStepAsync(static p => p.BeginSavepointAsync()).ConfigureAwait(false);
        try
        {
            await work(this).ConfigureAwait(false);
        }
        catch
        {
            await SavepointStepAsync(static p => p.EndSavepointAsync(rollBack: true)).ConfigureAwait(false);
            throw;
        }

        await SavepointStepAsync(static p => p.EndSavepointAsync(rollBack: false)).ConfigureAwait(false);
    }

    public void AfterCommit(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        ThrowIfEnded();
        (Callbacks ??= []).Add(action);
    }

    /// <summary>Ends the session: whatever code still holds it gets an error.</summary>
    /// <returns>Whether an operation was still under way.</returns>
    public bool Close() => Interlocked.Exchange(ref _state, 2) == 1;

    /// <summary>Makes and binds the command of an operation.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its values.</param>
    /// <param name="confinedTo">On whose behalf it runs in a unit of the host; a unit of a principal is always its own.</param>
    public ProviderCommand Prepare(string sql, object? parameters, Principal? confinedTo)
    {
        var command = (unit.Principal ?? confinedTo) is { } principal ? provider.CreateCommand(sql, principal) : provider.CreateCommand(sql);
        try
        {
            if (!unit.IsWrite && !command.IsReadOnly)
            {
                throw new DatabaseException(DatabaseErrorKind.ReadOnly, "A statement that writes was run in a reading session; nothing was written. Use WriteAsync.") { Sql = sql, Label = unit.Label };
            }

            context.Bind(command, parameters is StatementRows rows ? rows[0] : parameters);
            return command;
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    public Mapping.RowMapper Mapper => context.Mapper;

    public Diagnostics.Instrumentation Instrumentation => context.Instrumentation;

    /// <summary>The exception as the caller gets it: with the unit's label and the statement.</summary>
    public Exception Describe(Exception exception, string sql) => exception is DatabaseException error ? error.With(unit.Label, sql) : exception;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ValueTask<TResult> Run<TResult>(in Operation<TResult> operation)
    {
        Enter();
        return provider.IsCurrent
            ? operation.RunAsync()
            : provider.DispatchAsync(static op => op.RunAsync(), operation);
    }

    private ValueTask<bool> StepAsync<T>(Cursor<T> cursor, string sql)
    {
        Enter();
        return provider.IsCurrent ? StepCore((this, cursor, sql)) : provider.DispatchAsync(StepCore, (this, cursor, sql));

        static async ValueTask<bool> StepCore((Session Session, Cursor<T> Cursor, string Sql) state)
        {
            try
            {
                return await state.Cursor.MoveAsync().ConfigureAwait(false);
            }
            catch (DatabaseException exception) // it gets the statement that it is about
            {
                throw exception.With(state.Session.Label, state.Sql);
            }
            finally
            {
                state.Session.Leave();
            }
        }
    }

    private ValueTask<bool> CloseAsync<T>(Cursor<T> cursor)
    {
        return provider.IsCurrent ? CloseCore(cursor) : provider.DispatchAsync(CloseCore, cursor);

        static ValueTask<bool> CloseCore(Cursor<T> cursor)
        {
            cursor.Dispose();
            return new(true);
        }
    }

    private async ValueTask SavepointStepAsync(Func<ProviderSession, ValueTask> step)
    {
        Enter();
        try
        {
            if (provider.IsCurrent)
            {
                await step(provider).ConfigureAwait(false);
                return;
            }

            await provider.DispatchAsync(
                static async s =>
                {
                    await s.Step(s.Provider).ConfigureAwait(false);
                    return true;
                },
                (Step: step, Provider: provider)).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    private void Enter()
    {
        var before = Interlocked.CompareExchange(ref _state, 1, 0);
        if (before == 0)
        {
            return;
        }

        ThrowIfEnded();
        throw new DatabaseException(DatabaseErrorKind.SessionMisuse, "Two operations of one session were started at the same time. Await the first before the second; for parallel reads use several units.") { Label = unit.Label };
    }

    /// <summary>Ends an operation; a session that was closed meanwhile stays closed.</summary>
    public void Leave() => Interlocked.CompareExchange(ref _state, 0, 1);

    private void ThrowIfEnded()
    {
        if (Volatile.Read(ref _state) == 2)
        {
            throw new DatabaseException(DatabaseErrorKind.SessionMisuse, "The session was used after its unit of work had ended. A session lives only inside the delegate that received it; await everything before returning.") { Label = unit.Label };
        }
    }
}
