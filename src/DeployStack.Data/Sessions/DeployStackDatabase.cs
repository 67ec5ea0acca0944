using DeployStack.Data.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Provider.Copying;

namespace DeployStack.Data.Sessions;

/// <summary>The front door: it checks what it is asked, makes it a unit of work and hands it to the provider.</summary>
internal sealed class DeployStackDatabase(DatabaseContext context) : IProvidedDatabase
{
    private DatabaseProvider Provider => context.Provider;

    public string Name => context.Settings.Name;

    public DatabaseCapabilities Capabilities => Provider.Capabilities;

    public Task OpenAsync(CancellationToken cancellationToken = default) => Provider.OpenAsync(cancellationToken);

    public Task<TResult> ReadAsync<TState, TResult>(
        Func<IReadSession, TState, ValueTask<TResult>> work,
        TState state,
        ReadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Submit(work, state, options, isWrite: false, cancellationToken);
    }

    public Task<TResult> WriteAsync<TState, TResult>(
        Func<IWriteSession, TState, ValueTask<TResult>> work,
        TState state,
        WriteOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Capabilities.InteractiveTransactions
            ? Submit(work, state, options, isWrite: true, cancellationToken)
            : Task.FromException<TResult>(new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' has no interactive transactions; nothing was written. Use ExecuteBatchAsync, whose statements may carry expectations.") { Label = options?.Label });
    }

    public async Task<BatchResult> ExecuteBatchAsync(
        IReadOnlyList<SqlStatement> statements,
        BatchOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(statements);
        Check(options);
        for (var i = 0; i < statements.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(statements[i]?.Sql))
            {
                throw new ArgumentException($"Statement {i + 1} of the batch is null or empty.", nameof(statements));
            }
        }

        if (!Capabilities.Principals && (options?.Principal ?? statements.FirstOrDefault(static each => each.Principal is not null)?.Principal) is { } principal)
        {
            throw Unconfined(principal, options);
        }

        if (options is { ForeignKeysOff: true } && !Capabilities.ForeignKeysOff)
        {
            throw new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' cannot switch foreign keys off for a batch; nothing was written. Order the statements so that no foreign key is violated in between.") { Label = options.Label };
        }

        if (options is { SecureDelete: true } && !Capabilities.SecureDelete)
        {
            throw new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' cannot wipe what a batch deletes; nothing was written. Leave SecureDelete out, and delete by the means of the engine.") { Label = options.Label };
        }

        if (!Capabilities.InteractiveTransactions && statements.Any(static each => each.Parameters is StatementRows))
        {
            throw new DatabaseException(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' takes no statement that is executed row by row; nothing was written. Write the rows in one statement.") { Label = options?.Label };
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (statements.Count == 0)
        {
            return new([]);
        }

        var batch = new StatementBatch(context, statements, options);
        var measured = context.Instrumentation.Start(null, options?.Label, Instrumentation.Caller, statements.Count);
        try
        {
            var result = await ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
            context.Instrumentation.End(measured, null, options?.Label, result.TotalRowsAffected);
            return result;
        }
        catch (Exception exception)
        {
            context.Instrumentation.End(measured, null, options?.Label, 0, exception);
            if (exception is DatabaseException { Sql: not null } error)
            {
                error.With(options?.Label, sql: null); // an error of one statement belongs to nobody else
                if (context.Advice.Applies(error, options))
                {
                    await context.Advice.GiveAsync(error).ConfigureAwait(false);
                }
            }

            throw;
        }
    }

    public async Task<IProvidedDatabase> CreateCopyAsync(DatabaseCopyOptions? options = null, CancellationToken cancellationToken = default)
        => Beside(await Provider.CreateCopyAsync(options ?? new(), cancellationToken).ConfigureAwait(false));

    public async Task<IProvidedDatabase> CreateEmptyAsync(CancellationToken cancellationToken = default)
        => Beside(await Provider.CreateEmptyAsync(cancellationToken).ConfigureAwait(false));

    public Task<StorageUse?> GetStorageAsync(CancellationToken cancellationToken = default) => Provider.GetStorageAsync(cancellationToken);

    public Task<ChangeCounter?> GetChangeCounterAsync(CancellationToken cancellationToken = default) => Provider.GetChangeCounterAsync(cancellationToken);

    public ValueTask DisposeAsync() => Provider.DisposeAsync();

    public void Dispose() => Provider.Dispose();

    private static void Check(UnitOptions? options)
    {
        if (options?.Deadline is { } deadline && deadline <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(options), deadline, "Deadline must be positive; leave it null for none.");
        }
    }

    private DatabaseException Unconfined(Principal principal, UnitOptions? options)
        => new(DatabaseErrorKind.NotSupported, $"The engine '{Capabilities.SystemName}' cannot confine statements to the tables of a plugin, and the plugin '{principal.Id}' never runs unconfined; nothing was run. Use an engine that declares {nameof(DatabaseCapabilities.Principals)}, or leave the plugin out.") { Label = options?.Label };

    // what runs there is neither the application's query nor short of a migration
    private DeployStackDatabase Beside(DatabaseProvider provider)
        => new(new(provider, context.Settings with { OnQuery = null, Migrations = static () => null }));

    private async Task<BatchResult> ExecuteAsync(StatementBatch batch, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Provider.ExecuteBatchAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (DatabaseException exception) when (exception is { IsTransient: true, OutcomeUnknown: false } && attempt < Provider.MaxAttempts)
            {
                DatabaseLog.Rerun(context.Settings.Logger, "database_rerun", attempt, exception.Kind, batch.Options?.Label);
                if (!await Backoff.WaitAsync(attempt, context.Settings.Time, batch.DeadlineTimestamp, cancellationToken).ConfigureAwait(false))
                {
                    throw;
                }
            }
        }
    }

    private Task<TResult> Submit<TState, TResult>(
        Func<IWriteSession, TState, ValueTask<TResult>> work,
        TState state,
        UnitOptions? options,
        bool isWrite,
        CancellationToken cancellationToken)
    {
        Check(options);
        if (options?.Principal is { } principal && !Capabilities.Principals)
        {
            return Task.FromException<TResult>(Unconfined(principal, options));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<TResult>(cancellationToken);
        }

        var unit = new WorkUnit<TState, TResult>(context, work, state, options, isWrite, cancellationToken);
        Provider.Submit(unit);
        return unit.Task;
    }
}
