namespace DeployStack.Data;

/// <summary>What a completed write survives.</summary>
public enum Durability
{
    /// <summary>A crash of the process. A power cut may take the last moments of acknowledged commits, never the
    /// consistency of the database (SQLite: <c>synchronous=NORMAL</c> under WAL).</summary>
    Normal,

    /// <summary>A power cut as well: the commit is on the device when the task completes (SQLite:
    /// <c>synchronous=FULL</c>).</summary>
    Full,
}
