namespace DeployStack.Data.Provider;

/// <summary>Tells within nanoseconds whether anything was committed.</summary>
public abstract class ChangeCounter
{
    /// <summary>Whether commits of other processes are seen.</summary>
    public abstract bool SeesOtherProcesses { get; }

    /// <summary>A number that is another one after a commit.</summary>
    public abstract ulong Read();
}
