namespace DeployStack.Data.Provider;

/// <summary>Tells within nanoseconds whether anything was committed to a database: what a cache of rows asks before each use.</summary>
/// <remarks>Thread-safe and without allocation. It may be read after the database was closed: then each reading is another
/// one, so that the caller asks the database and hears it there.</remarks>
public abstract class ChangeCounter
{
    /// <summary>Whether commits of other processes are seen too. It may change when the engine opens its files again.</summary>
    public abstract bool SeesOtherProcesses { get; }

    /// <summary>The present reading. Two equal ones mean that nothing was committed in between; after a commit, or now and then
    /// without one, it is another one. Read it <b>before</b> the rows that are to be remembered with it.</summary>
    public abstract ulong Read();
}
