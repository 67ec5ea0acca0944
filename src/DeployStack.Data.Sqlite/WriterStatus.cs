namespace DeployStack.Data.Sqlite;

/// <summary>Who holds the writer of a database, and who waits for it.</summary>
/// <param name="IsHeld">Whether a unit of work is running.</param>
/// <param name="Label">Its label, where it has one.</param>
/// <param name="Sql">The statement that it runs or ran last; it may hold literals.</param>
/// <param name="HeldFor">How long the current unit has been running.</param>
/// <param name="GroupSize">How many units share the open transaction so far.</param>
/// <param name="QueueLength">How many units wait.</param>
/// <param name="ForeignLock">How long another process has kept the write lock from this one; zero if it does not.</param>
public sealed record WriterStatus(
    bool IsHeld,
    string? Label,
    string? Sql,
    TimeSpan HeldFor,
    int GroupSize,
    int QueueLength,
    TimeSpan ForeignLock);
