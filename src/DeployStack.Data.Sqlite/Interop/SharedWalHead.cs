using System.Runtime.InteropServices;

namespace DeployStack.Data.Sqlite.Interop;

/// <summary>A mapping of our own of the page that holds the head of the wal-index.</summary>
/// <remarks>SQLite takes its mapping back when a handle is closed, while another thread may be about to read it. This one
/// stays until nobody refers to it, and no descriptor of the file is opened or closed for it.</remarks>
internal sealed unsafe class SharedWalHead : SafeHandle
{
    private const int Length = 4096;

    private SharedWalHead(nint address)
        : base(0, ownsHandle: true) => SetHandle(address);

    public override bool IsInvalid => handle == 0;

    /// <param name="head">The head as SQLite has mapped it: the first page of the file.</param>
    public static SharedWalHead? TryMap(nint head) => Posix.MapAgain(head, Length) is var address and not 0 ? new(address) : null;

    public ulong Read()
    {
        var folded = WalMark.Read((byte*)handle).Fold();
        GC.KeepAlive(this); // its finalizer takes the mapping back
        return folded;
    }

    protected override bool ReleaseHandle() => Posix.Unmap(handle, Length);
}
