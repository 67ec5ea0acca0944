namespace DeployStack.Data.Diagnostics;

/// <summary>How well a database, or one aspect of it, is; a greater value is better.</summary>
public enum DatabaseHealth
{
    /// <summary>It does not do its work.</summary>
    Unhealthy = 0,

    /// <summary>It works, and somebody has to look after it.</summary>
    Degraded = 1,

    /// <summary>Nothing is to be done.</summary>
    Healthy = 2,
}
