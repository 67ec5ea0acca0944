using System.Runtime.InteropServices;

namespace DeployStack.Data.Reliability.Faults;

/// <summary>SQLite's <c>sqlite3_vfs</c>, version 3 (https://www.sqlite.org/c3ref/vfs.html); only what is replaced is typed.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeVfs
{
    public int Version;
    public int FileSize;
    public int MaxPathname;
    public NativeVfs* Next;
    public byte* Name;
    public nint AppData;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, NativeFile*, int, int*, int> Open;
    public delegate* unmanaged[Cdecl]<NativeVfs*, byte*, int, int> Delete;
    public nint Access;
    public nint FullPathname;
    public nint DlOpen;
    public nint DlError;
    public nint DlSym;
    public nint DlClose;
    public nint Randomness;
    public nint Sleep;
    public nint CurrentTime;
    public nint GetLastError;
    public nint CurrentTimeInt64;
    public nint SetSystemCall;
    public nint GetSystemCall;
    public nint NextSystemCall;
}

/// <summary>The head of SQLite's <c>sqlite3_file</c>: all that a shim may know of an open file.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeFile
{
    public FileMethods* Methods;
}

/// <summary>SQLite's <c>sqlite3_io_methods</c>, version 3, with two fields of the shim behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FileMethods
{
    public int Version;
    public delegate* unmanaged[Cdecl]<NativeFile*, int> Close;
    public delegate* unmanaged[Cdecl]<NativeFile*, void*, int, long, int> Read;
    public delegate* unmanaged[Cdecl]<NativeFile*, void*, int, long, int> Write;
    public delegate* unmanaged[Cdecl]<NativeFile*, long, int> Truncate;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int> Sync;
    public nint FileSize;
    public nint Lock;
    public nint Unlock;
    public nint CheckReservedLock;
    public nint FileControl;
    public nint SectorSize;
    public nint DeviceCharacteristics;
    public delegate* unmanaged[Cdecl]<NativeFile*, int, int, int, void**, int> SharedMemoryMap;
    public nint SharedMemoryLock;
    public nint SharedMemoryBarrier;
    public nint SharedMemoryUnmap;
    public nint Fetch;
    public nint Unfetch;

    /// <summary>The way back to the real methods.</summary>
    public FileMethods* Original;

    /// <summary>A GCHandle of the <see cref="WatchedFile"/>.</summary>
    public nint Watched;
}
