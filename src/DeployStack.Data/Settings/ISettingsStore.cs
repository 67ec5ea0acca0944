using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Settings;

/// <summary>The settings of one database: declared in code, kept in the tables <c>globalSettingGroups</c> and
/// <c>globalSettings</c>, read from a snapshot that is current.</summary>
/// <remarks>
/// <para>Thread-safe, as long-lived as the database. What most callers want, one value read or written, stands in
/// <see cref="SettingsStoreExtensions"/>.</para>
/// <para>It uses batches and queries only, so it works on every engine. Times are kept in seconds. A value never appears in a
/// log, an exception or, if it is a secret, in a listing.</para>
/// </remarks>
/// <example><code>
/// await settings.InitializeAsync();
/// int port = await settings.GetAsync(Smtp.Port);
/// await settings.WriteAsync(new SettingsBatch { Actor = user }.Set(Smtp.Host, "mail.example.com").Set(Smtp.Port, 465));
/// </code></example>
public interface ISettingsStore
{
    /// <summary>Brings the database to the declarations in one atomic batch: the tables and groups that are missing, then the
    /// settings that are missing, with their defaults, secrets unset; names and descriptions are refreshed; values that exist
    /// are never touched.</summary>
    /// <param name="cancellationToken">Stops it; nothing is written then.</param>
    /// <remarks>Call it at start-up, after <c>IMigrationRunner.ApplyAsync</c>: migrations of the application may create the
    /// two tables themselves. Where everything is there already nothing is written.</remarks>
    /// <exception cref="DatabaseException">Nothing was written.</exception>
    Task<SettingsResult> InitializeAsync(CancellationToken cancellationToken = default);

    /// <summary>The settings as they are now.</summary>
    /// <param name="cancellationToken">Stops a read that is necessary within 50 ms.</param>
    /// <returns>Complete at once, and without a query, where nothing was committed since the last call. A write of this process
    /// is in it; one of another process on the same file as well, or, where the engine does not tell of those, within
    /// <see cref="SettingsOptions.CheckInterval"/>.</returns>
    /// <exception cref="DatabaseException">The database could not be read; of kind <see cref="DatabaseErrorKind.SchemaMissing"/>
    /// before <see cref="InitializeAsync"/>.</exception>
    ValueTask<SettingsSnapshot> GetSnapshotAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes all changes of a batch or none.</summary>
    /// <param name="batch">What to change; it may be written again.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <remarks>Everything is checked before anything is written, and everything that is wrong is told at once. Only what
    /// differs is written. Where another process changes settings at the same time the batch is checked anew on what is there
    /// then. Batches with secrets are durable in every profile.</remarks>
    /// <exception cref="SettingException">Values or versions do not fit, or a secret has no key; nothing was written.</exception>
    /// <exception cref="DatabaseException">The engine refused; nothing was written unless
    /// <see cref="DatabaseException.OutcomeUnknown"/> is set.</exception>
    Task<SettingsWriteResult> WriteAsync(SettingsBatch batch, CancellationToken cancellationToken = default);

    /// <summary>Takes a batch of the history back, as a new batch.</summary>
    /// <param name="batchId">From <see cref="SettingsWriteResult.BatchId"/> or the history.</param>
    /// <param name="actor">Who does it, for the history.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <exception cref="SettingException">A setting of it was changed since (<see cref="DatabaseErrorKind.ExpectationFailed"/>),
    /// cannot be brought back, or the history does not have the batch; nothing was written.</exception>
    Task<SettingsWriteResult> UndoAsync(long batchId, string? actor = null, CancellationToken cancellationToken = default);

    /// <summary>Reads who changed what and when, the newest first. What is written around the store, and what
    /// initialisation creates, is not in it.</summary>
    /// <param name="query">Which part; <see langword="null"/> for the newest hundred batches.</param>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <exception cref="DatabaseException">The database could not be read.</exception>
    Task<IReadOnlyList<SettingsHistoryEntry>> GetHistoryAsync(SettingHistoryQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Watches settings: each element tells what differs from the one before, in whatever process it was changed.</summary>
    /// <param name="filter">Which settings; <c>default</c> for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <remarks>What is changed while the consumer is busy comes as one element; what is changed and changed back does not
    /// come at all. Changes of other processes are found within <see cref="SettingsOptions.WatchInterval"/>.</remarks>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired, or the store was closed.</exception>
    IAsyncEnumerable<SettingsChange> WatchAsync(SettingFilter filter = default, CancellationToken cancellationToken = default);

    /// <summary>A token that fires at the next change, once; for <c>ChangeToken.OnChange</c>.</summary>
    /// <param name="filter">Which settings; <c>default</c> for all.</param>
    /// <remarks>Callbacks run on the thread pool. Changes are counted from the last snapshot that was read.</remarks>
    IChangeToken GetChangeToken(SettingFilter filter = default);
}
