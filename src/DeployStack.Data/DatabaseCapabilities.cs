namespace DeployStack.Data;

/// <summary>What an engine can do, declared by its provider; what is not declared is refused, never tried.</summary>
public sealed record DatabaseCapabilities
{
    /// <summary>The engine's name after the OpenTelemetry registry (<c>sqlite</c>, <c>postgresql</c>).</summary>
    public required string SystemName { get; init; }

    /// <summary>Whether <see cref="IDeployStackDatabase.WriteAsync"/> works: reads and decisions between the statements
    /// of one transaction. Without it, <see cref="IDeployStackDatabase.ExecuteBatchAsync"/> is the transaction.</summary>
    public required bool InteractiveTransactions { get; init; }

    /// <summary>Whether all statements of one read see one state. Without it each statement sees its own.</summary>
    public required bool SnapshotReads { get; init; }

    /// <summary>Bound values allowed in one statement (SQLite 32,766; D1 100).</summary>
    public required int MaxParameters { get; init; }

    /// <summary>Whether a batch may switch foreign-key enforcement off.</summary>
    public bool ForeignKeysOff { get; init; }

    /// <summary>Whether a batch may have wiped what it deletes.</summary>
    public bool SecureDelete { get; init; }

    /// <summary>Whether sessions can lend an ADO.NET connection.</summary>
    public bool Connections { get; init; }

    /// <summary>Whether savepoints exist.</summary>
    public bool Savepoints { get; init; }

    /// <summary>Whether the engine speaks SQLite's SQL and its catalogue is <c>sqlite_schema</c>: tables can be rebuilt and
    /// schemas compared.</summary>
    public bool SqliteSchema { get; init; }

    /// <summary>Whether a consistent copy of the live database can be taken beside it, for a rehearsal.</summary>
    public bool ConsistentCopy { get; init; }

    /// <summary>Whether an empty database of the same engine can be made beside it for a moment, to replay migrations.</summary>
    public bool EmptyDatabases { get; init; }

    /// <summary>Whether the engine can confine statements to the tables of a principal, which plugins need.</summary>
    public bool Principals { get; init; }
}
