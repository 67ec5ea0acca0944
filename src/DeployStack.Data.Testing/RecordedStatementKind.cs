namespace DeployStack.Data.Testing;

/// <summary>Whether a recorded statement changes anything.</summary>
public enum RecordedStatementKind
{
    /// <summary>SELECT, VALUES, PRAGMA, EXPLAIN, also behind WITH.</summary>
    Read = 0,

    /// <summary>Everything else.</summary>
    Write = 1,
}
