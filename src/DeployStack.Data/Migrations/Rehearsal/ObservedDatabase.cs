using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>The copy as the runner sees it: each migration that goes through is measured.</summary>
/// <param name="copy">Where everything runs; it stays the caller's.</param>
/// <param name="names">Identity → name of the migrations that are pending.</param>
/// <param name="first">What the copy is like before the first one.</param>
/// <param name="countRows">Whether rows are counted.</param>
/// <param name="time">Measures.</param>
internal sealed class ObservedDatabase(IDeployStackDatabase copy, IReadOnlyDictionary<string, string> names, Observation first, bool countRows, TimeProvider time)
    : IDeployStackDatabase
{
    private readonly List<RehearsedMigration> _migrations = [];
    private Observation _last = first;

    public string Name => copy.Name;

    public DatabaseCapabilities Capabilities => copy.Capabilities;

    /// <summary>The migrations that went through, in order.</summary>
    public IReadOnlyList<RehearsedMigration> Migrations => _migrations;

    public Task OpenAsync(CancellationToken cancellationToken = default) => copy.OpenAsync(cancellationToken);

    public Task<TResult> ReadAsync<TState, TResult>(Func<IReadSession, TState, ValueTask<TResult>> work, TState state, ReadOptions? options = null, CancellationToken cancellationToken = default)
        => copy.ReadAsync(work, state, options, cancellationToken);

    public Task<TResult> WriteAsync<TState, TResult>(Func<IWriteSession, TState, ValueTask<TResult>> work, TState state, WriteOptions? options = null, CancellationToken cancellationToken = default)
        => copy.WriteAsync(work, state, options, cancellationToken);

    public async Task<BatchResult> ExecuteBatchAsync(IReadOnlyList<SqlStatement> statements, BatchOptions? options = null, CancellationToken cancellationToken = default)
    {
        var started = time.GetTimestamp();
        var result = await copy.ExecuteBatchAsync(statements, options, cancellationToken).ConfigureAwait(false);
        var duration = time.GetElapsedTime(started);
        if (MigrationExecutor.IdentityOf(options) is { } identity && names.TryGetValue(identity, out var name))
        {
            var now = await Observation.MakeAsync(copy, countRows, cancellationToken).ConfigureAwait(false);
            var rows = result.TotalRowsAffected - 1; // without the row of the history
            _migrations.Add(new(identity, name, duration, rows, _last.ChangedRows(now, AffectedRows.Of(statements, result.RowsAffected)), SchemaComparison.Of(_last.Schema, now.Schema)));
            _last = now;
        }

        return result;
    }

    public ValueTask DisposeAsync() => default;

    public void Dispose()
    {
    }
}
