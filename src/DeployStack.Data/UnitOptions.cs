namespace DeployStack.Data;

/// <summary>What any unit of work can be told.</summary>
public abstract record UnitOptions
{
    private protected UnitOptions()
    {
    }

    /// <summary>How long the unit may take from the call to its completion, waiting included. <see langword="null"/>
    /// (the default) leaves the waiting to the database's own acquire timeout and the running unlimited.
    /// Must be positive; past it the unit fails with <see cref="DatabaseErrorKind.Timeout"/>.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>A short, constant name of the work for errors, logs, spans and the lock ledger. It must hold no values.</summary>
    public string? Label { get; init; }

    /// <summary>Whether a missing table is reported as it is; for the read of the migration history itself, which is how
    /// pending migrations are found.</summary>
    internal bool WithoutAdvice { get; init; }

    /// <summary>On whose behalf the unit runs; <see langword="null"/> for the host.</summary>
    internal Principal? Principal { get; init; }
}
