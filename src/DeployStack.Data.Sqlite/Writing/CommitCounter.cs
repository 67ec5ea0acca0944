using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Reads the head of the wal-index, which every process writes that commits; without one it counts the commits of the
/// writer.</summary>
/// <param name="isMemory">Whether there are no other processes.</param>
internal sealed class CommitCounter(bool isMemory) : ChangeCounter
{
    private SharedWalHead? _head;
    private long _commits;
    private bool _isClosed;

    public override bool SeesOtherProcesses => isMemory || Volatile.Read(ref _head) is not null;

    /// <summary>Whether anybody asked for it: only then is the head mapped.</summary>
    public bool IsWanted { get; private set; }

    public override ulong Read()
    {
        if (Volatile.Read(ref _head) is { } head)
        {
            return head.Read();
        }

        return (ulong)(Volatile.Read(ref _isClosed) ? Interlocked.Increment(ref _commits) : Volatile.Read(ref _commits));
    }

    /// <summary>A commit of the writer, before anybody is told of it.</summary>
    public void Committed() => Interlocked.Increment(ref _commits);

    /// <summary>Takes the head of a handle of the writer; on its thread.</summary>
    public void Attach(WalIndex? wal)
    {
        IsWanted = true;
        if (Volatile.Read(ref _head) is null)
        {
            Volatile.Write(ref _head, wal?.TryShare());
        }
    }

    /// <summary>Lets go of the head before its handle is closed: the last one that is takes the file along, and the next one
    /// makes another.</summary>
    public void Detach()
    {
        Volatile.Write(ref _head, null);
        Committed();
    }

    /// <summary>Every reading is another one from now on.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        Detach();
    }
}
