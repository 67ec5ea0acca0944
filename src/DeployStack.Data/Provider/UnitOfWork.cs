using System.Diagnostics;

namespace DeployStack.Data.Provider;

/// <summary>A unit of work on its way through a provider: what is to run, under which terms, and whom to tell.</summary>
/// <remarks>
/// The provider calls <see cref="RunAsync"/> with a session, perhaps again after a rollback, and ends with exactly one of
/// <see cref="Succeed"/> and <see cref="Fail"/>; a second ending is ignored and returns false.
/// </remarks>
public abstract class UnitOfWork
{
    private protected UnitOfWork(UnitOptions? options, CancellationToken cancellationToken)
    {
        Options = options;
        CancellationToken = cancellationToken;
        Submitted = Stopwatch.GetTimestamp();
    }

    /// <summary>The caller's options, or <see langword="null"/>.</summary>
    public UnitOptions? Options { get; }

    /// <summary>The caller's token.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>When the unit was submitted, in <see cref="Stopwatch"/> ticks.</summary>
    public long Submitted { get; }

    /// <summary>Whether the unit needs a transaction of the writer.</summary>
    public abstract bool IsWrite { get; }

    /// <summary>Whether the unit is known to be one statement, which the engine makes atomic by itself.</summary>
    public abstract bool IsOneStatement { get; }

    /// <summary>What identifies the code of the unit, equal for all its units: its SQL text, or the type of its closure.</summary>
    public abstract object CallSite { get; }

    /// <summary>The caller's label, where there is one.</summary>
    public string? Label => Options?.Label;

    /// <summary>On whose behalf the unit runs; <see langword="null"/> for the host. A provider gets such a unit only if it
    /// declares <see cref="DatabaseCapabilities.Principals"/>.</summary>
    public Principal? Principal => Options?.Principal;

    /// <summary>Whether the caller allows one execution only.</summary>
    public bool RunOnce => Options is WriteOptions { RunOnce: true };

    /// <summary>The durability asked for, or <see langword="null"/> for the database's own.</summary>
    public Durability? Durability => Options switch
    {
        WriteOptions write => write.Durability,
        BatchOptions batch => batch.Durability,
        _ => null,
    };

    /// <summary>Whether foreign keys are to be off around the unit's transaction.</summary>
    public bool ForeignKeysOff => Options is BatchOptions { ForeignKeysOff: true };

    /// <summary>Whether what the unit deletes is to be wiped from the files.</summary>
    public bool SecureDelete => Options is BatchOptions { SecureDelete: true };

    /// <summary>When the unit must be complete, in <see cref="Stopwatch"/> ticks; <see cref="long.MaxValue"/> for never.</summary>
    public long DeadlineTimestamp => Options?.Deadline is { } deadline
        ? Submitted + (long)(deadline.TotalSeconds * Stopwatch.Frequency)
        : long.MaxValue;

    /// <summary>A place for the provider's own state of this unit.</summary>
    public object? ProviderState { get; set; }

    /// <summary>Whether the caller has its answer already; such a unit need not run.</summary>
    public abstract bool IsEnded { get; }

    /// <summary>Runs the caller's work on <paramref name="session"/>; the result is kept until <see cref="Succeed"/>.</summary>
    /// <param name="session">Where the work's statements run; in a transaction if the unit writes.</param>
    /// <returns>A task that is complete on return unless the work awaits something else. It fails with the exception of
    /// the work.</returns>
    public abstract ValueTask RunAsync(ProviderSession session);

    /// <summary>Closes the session of a run that is given up, so that code of the work that still runs cannot use it.</summary>
    public abstract void Abandon();

    /// <summary>Ends the unit: its result goes to the caller. For a write, only after COMMIT.</summary>
    /// <returns>False if it had ended before.</returns>
    public abstract bool Succeed();

    /// <summary>Ends the unit with an error.</summary>
    /// <param name="exception">What the caller gets; a <see cref="DatabaseException"/> of the provider carries <see cref="Label"/>.</param>
    /// <returns>False if it had ended before.</returns>
    public abstract bool Fail(Exception exception);
}
