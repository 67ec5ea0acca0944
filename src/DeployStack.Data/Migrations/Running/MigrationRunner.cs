using DeployStack.Data.Migrations.Bundle;
using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Migrations.Rehearsal;
using DeployStack.Data.Migrations.Repair;
using DeployStack.Data.Migrations.Validation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Migrations.Running;

/// <summary>The front of the room: each member is done by a class of its own.</summary>
internal sealed class MigrationRunner : IMigrationRunner, IMigrationState
{
    private readonly MigrationReader _reader;
    private readonly MigrationExecutor _executor;
    private readonly HistoryBaseline _baseline;
    private readonly HistoryRepair _repair;
    private readonly Rehearser _rehearser;
    private readonly MigrationValidator _validator;
    private readonly MigrationBundle _bundle;
    private readonly MigrationLinter _linter;

    public MigrationRunner(IDeployStackDatabase database, MigrationOptions options, TimeProvider time, ILogger logger)
    {
        var history = new MigrationHistory(database, options);
        _reader = new(database, options, history);
        _linter = new(database, options, logger);
        _executor = new(database, options, _reader, history, _linter, time, logger);
        _baseline = new(options, _reader, history, time, logger);
        _repair = new(_reader, history, logger);

        // what happens on a copy is no news of this database
        _rehearser = new(database, copy => new MigrationRunner(copy, options.WithoutHooks(), time, NullLogger.Instance), time, logger);
        _validator = new(database, options, _reader, time, logger);
        _bundle = new(database, options, _reader);
    }

    public async Task<MigrationStatus> GetStatusAsync(CancellationToken cancellationToken = default)
        => (await _reader.ReadAsync(cancellationToken).ConfigureAwait(false)).Status;

    public async Task<IReadOnlyList<string>> GetPendingAsync(CancellationToken cancellationToken = default)
        => [.. (await GetStatusAsync(cancellationToken).ConfigureAwait(false)).Pending.Select(static migration => migration.Identity)];

    public Task<MigrationResult> ApplyAsync(CancellationToken cancellationToken = default) => _executor.ApplyAsync(cancellationToken);

    public async Task<LintReport> LintAsync(CancellationToken cancellationToken = default)
        => await _linter.CheckAsync((await GetStatusAsync(cancellationToken).ConfigureAwait(false)).Pending, cancellationToken).ConfigureAwait(false);

    public Task<IReadOnlyList<AppliedMigration>> BaselineAsync(string identity, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(identity);
        return _baseline.MarkAsync(identity, cancellationToken);
    }

    public Task<MigrationRepairResult> RepairAsync(MigrationRepairOptions? options = null, CancellationToken cancellationToken = default)
        => _repair.RunAsync(options ?? new(), cancellationToken);

    public async Task<RehearsalReport> RehearseAsync(RehearsalOptions? options = null, CancellationToken cancellationToken = default)
        => await _rehearser.RunAsync(await GetStatusAsync(cancellationToken).ConfigureAwait(false), options ?? new(), cancellationToken).ConfigureAwait(false);

    public Task<MigrationValidation> ValidateAsync(CancellationToken cancellationToken = default) => _validator.RunAsync(cancellationToken);

    public Task<string> ScriptAsync(CancellationToken cancellationToken = default) => _bundle.ToScriptAsync(cancellationToken);
}
