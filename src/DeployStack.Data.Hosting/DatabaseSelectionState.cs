namespace DeployStack.Data.Hosting;

/// <summary>Whether an engine is chosen.</summary>
public enum DatabaseSelectionState
{
    /// <summary>Neither a selection file nor <c>DB_TYPE</c> exists; the application runs without a database until
    /// <see cref="IDatabaseSelection.SelectAsync"/> or a restart.</summary>
    NotConfigured = 0,

    /// <summary>The engine is named and its package is there.</summary>
    Configured,

    /// <summary>The selection file is malformed, the type unknown, or its package missing.</summary>
    Invalid,
}
