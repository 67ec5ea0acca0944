namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>What the pending migrations did to a copy of the live database.</summary>
public sealed record RehearsalReport
{
    /// <summary>Whether every pending migration ran and the checks that were asked for found nothing. Plans that got worse
    /// are for the reader to judge.</summary>
    public bool Passed => Failure is null && IntegrityFaults.Count == 0 && ForeignKeyFaults.Count == 0;

    /// <summary>The migrations that ran, in order.</summary>
    public IReadOnlyList<RehearsedMigration> Migrations { get; init; } = [];

    /// <summary>The error of the migration that failed, as <see cref="IMigrationRunner.ApplyAsync"/> would throw it; what
    /// came after it did not run. <see langword="null"/> where all of them ran.</summary>
    public MigrationException? Failure { get; init; }

    /// <summary>What <c>PRAGMA integrity_check</c> found at the end, at most 20 lines. Damage that the live database has
    /// is among it.</summary>
    public IReadOnlyList<string> IntegrityFaults { get; init; } = [];

    /// <summary>The rows that violate a foreign key at the end, counted by key. Those of the live database are among
    /// them.</summary>
    public IReadOnlyList<ForeignKeyFault> ForeignKeyFaults { get; init; } = [];

    /// <summary>The plans of <see cref="RehearsalOptions.Queries"/>, in their order.</summary>
    public IReadOnlyList<RehearsedQuery> Queries { get; init; } = [];

    /// <summary>How long the copying took.</summary>
    public TimeSpan CopyDuration { get; init; }

    /// <summary>Bytes of the database before the first migration; <see langword="null"/> where the engine does not tell.</summary>
    public long? BytesBefore { get; init; }

    /// <summary>Bytes of the database after the last migration.</summary>
    public long? BytesAfter { get; init; }

    /// <summary>The most that the write-ahead log took.</summary>
    public long? LogBytes { get; init; }

    /// <summary>Bytes that have to be free on the disk before <see cref="IMigrationRunner.ApplyAsync"/>: what the database grows
    /// by, and its log. A copy is not among it, nor what a backup takes.</summary>
    public long? BytesNeeded => BytesAfter is { } after && BytesBefore is { } before && LogBytes is { } log ? Math.Max(after - before, 0) + log : null;
}
