using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Storage;

namespace DeployStack.Data.Settings.Writing;

/// <summary>Plans writes on what is current, and plans anew where another process was faster.</summary>
/// <remarks>The writes of one store take turns; those of others are told apart by the version, which the first statement claims.</remarks>
internal sealed class SettingsWriter(SettingsTables tables, CurrentSettings current, StoredSecrets secrets, SettingsBuilder declared, TimeProvider time) : IDisposable
{
    private const int LongestPause = 50; // milliseconds

    private static readonly TimeSpan _betweenPrunings = TimeSpan.FromHours(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private DateTimeOffset _pruned = DateTimeOffset.MinValue;
    private bool _isClosed;

    /// <summary>Before when the history is deleted along with the next write; <see langword="null"/> where it is not due.</summary>
    public DateTimeOffset? PruneBefore(bool isForced = false)
    {
        var now = time.GetUtcNow();
        return declared.Options.HistoryRetention == Timeout.InfiniteTimeSpan || declared.Options.HistoryRetention > now - DateTimeOffset.MinValue || (!isForced && now - _pruned < _betweenPrunings) ? null
            : now - declared.Options.HistoryRetention;
    }

    /// <summary>Writes what a plan says.</summary>
    /// <param name="plan">Makes the plan on data and the present time; called again after a conflict.</param>
    /// <param name="write">What a plan writes.</param>
    /// <param name="cancellationToken">Ends the waiting and the write.</param>
    /// <returns>The plan that was carried out.</returns>
    /// <exception cref="DatabaseException">Nothing was written, or the outcome is unknown.</exception>
    public async Task<TPlan> WriteAsync<TPlan>(Func<SettingsData, DateTimeOffset, TPlan> plan, Func<TPlan, PlannedWrite> write, CancellationToken cancellationToken)
        where TPlan : class
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _isClosed), typeof(ISettingsStore));
            var started = time.GetTimestamp();
            for (var attempt = 1; ; attempt++)
            {
                var planned = (attempt == 1 ? PlanOnLast(plan, write) : null)
                    ?? plan(await current.GetDataAsync(cancellationToken).ConfigureAwait(false), time.GetUtcNow());
                try
                {
                    await ExecuteAsync(write(planned), cancellationToken).ConfigureAwait(false);
                    return planned;
                }
                catch (DatabaseException error) when (IsConflict(error) && time.GetElapsedTime(started) < declared.Options.WriteTimeout) // planned anew on what is there now
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1 + Math.Min(LongestPause, attempt * 2))), TimeProvider.System, cancellationToken).ConfigureAwait(false);
                }
                catch (DatabaseException error) when (IsConflict(error)) // told in the words of this room
                {
                    throw new SettingException(DatabaseErrorKind.Timeout, string.Empty, $"Other processes changed settings all the time for {declared.Options.WriteTimeout.TotalSeconds:0} s; nothing was written. Try again, or raise SettingsOptions.WriteTimeout.", error);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    // the turn is not disposed: a write that was committed would fail on giving it back, and who waits for it would for ever
    public void Dispose() => Volatile.Write(ref _isClosed, true);

    // null where only a plan on certain data will do: nothing would claim the version, or the fault may be none any more
    private TPlan? PlanOnLast<TPlan>(Func<SettingsData, DateTimeOffset, TPlan> plan, Func<TPlan, PlannedWrite> write)
        where TPlan : class
    {
        if (current.Peek() is not { } data)
        {
            return null;
        }

        try
        {
            var planned = plan(data, time.GetUtcNow());
            return write(planned).IsEmpty ? null : planned;
        }
        catch (SettingException) // told by the plan on certain data, if it is still one
        {
            return null;
        }
    }

    // the version was claimed by another, or a row is not as it was: the triggers may have been away
    private static bool IsConflict(DatabaseException error) => error.Kind is DatabaseErrorKind.ExpectationFailed or DatabaseErrorKind.UniqueViolation && !error.OutcomeUnknown;

    private async Task ExecuteAsync(PlannedWrite write, CancellationToken cancellationToken)
    {
        if (write.IsEmpty)
        {
            return;
        }

        // any write may move rows within the file and leave a copy of one behind
        var holdsSecrets = write.HoldsSecrets || declared.HasPlainSecret(write.Before);
        try
        {
            await tables.ExecuteAsync(write.ToStatements(tables.Capabilities, secrets), holdsSecrets, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            current.Forget(); // also where the outcome is unknown
            throw;
        }

        if (write.PruneBefore is not null)
        {
            _pruned = time.GetUtcNow();
        }

        if (write.Apply() is { } data)
        {
            await current.PublishAsync(data).ConfigureAwait(false);
        }
        else
        {
            current.Forget();
        }
    }
}
