namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Why a running unit was stopped.</summary>
internal enum StopReason
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Its token fired.</summary>
    Cancelled,

    /// <summary>Its deadline passed.</summary>
    Deadline,

    /// <summary>It ran too long for the caller's own thread and goes on, from its start, on a reader's thread.</summary>
    Budget,

    /// <summary>The database is being disposed and its patience is over.</summary>
    Shutdown,
}
