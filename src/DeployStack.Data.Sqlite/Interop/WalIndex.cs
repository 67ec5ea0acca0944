namespace DeployStack.Data.Sqlite.Interop;

/// <summary>The head of the wal-index of a handle, read in place: it tells within nanoseconds whether anybody, in any
/// process, has committed. https://www.sqlite.org/walformat.html#the_wal_index_header</summary>
/// <remarks>The pointer comes from SQLite's own VFS method: the -shm file is never opened here, because closing any
/// descriptor of it would drop the process's locks. Valid from the first WAL read of the handle until it closes.</remarks>
internal sealed unsafe class WalIndex
{
    private const int RegionSize = 32768;
    private const int ShmMapSlot = 12; // the thirteenth method of sqlite3_io_methods
    private const int MethodsVersionWithShm = 2;
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    private readonly byte* _head;

    private WalIndex(byte* head) => _head = head;

    /// <summary>Frames in the log since it was last restarted.</summary>
    public uint Frames => Volatile.Read(ref *(uint*)(_head + 16));

    /// <summary>Frames of the log that are already in the database file.</summary>
    public uint Backfilled => Volatile.Read(ref *(uint*)(_head + 96));

    /// <summary>Maps the head; <see langword="null"/> where the file has no wal-index (another journal mode, memory,
    /// exclusive locking, a VFS without shared memory).</summary>
    /// <param name="db">A handle that has read the database at least once.</param>
    public static WalIndex? TryMap(nint db)
    {
        nint file = 0;
        fixed (byte* main = "main"u8)
        {
            if (Sqlite3.FileControl(db, main, Sqlite3.ControlFilePointer, &file) != Sqlite3.Ok || file == 0)
            {
                return null;
            }
        }

        var methods = *(nint*)file;
        if (methods == 0 || *(int*)methods < MethodsVersionWithShm)
        {
            return null;
        }

        var map = (delegate* unmanaged[Cdecl]<nint, int, int, int, byte**, int>)((nint*)(methods + sizeof(nint)))[ShmMapSlot];
        byte* head = null;
        return map != null && map(file, 0, RegionSize, 0, &head) == Sqlite3.Ok && head != null ? new(head) : null;
    }

    /// <summary>Maps the head once more, to be read by any thread, also while and after the handle is closed.</summary>
    /// <returns><see langword="null"/> where the system does not do that.</returns>
    public SharedWalHead? TryShare() => SharedWalHead.TryMap((nint)_head);

    /// <summary>What a log with so many frames takes on the disk.</summary>
    public static long BytesOf(long frames, long pageSize) => frames == 0 ? 0 : LogHeader + (frames * (FrameHeader + pageSize));

    /// <summary>What identifies the last commit: change counter, frame count, page count, checksum and salts.</summary>
    public WalMark Read() => WalMark.Read(_head);
}
