using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Reliability.Faults;

/// <summary>A VFS around SQLite's own that fails chosen calls on chosen databases and leaves all other files alone.</summary>
/// <remarks>It is registered as the default VFS of the test process, so that the engine opens through it without knowing.
/// A file that nobody watches keeps its original methods: for it the shim costs one look-up at opening.</remarks>
internal static unsafe class FaultVfs
{
    private const int Ok = 0;

    private static readonly ConcurrentDictionary<string, FaultSite> _sites = new(StringComparer.Ordinal);
    private static NativeVfs* _original;

    static FaultVfs() => Register();

    public static void Add(string path, FaultSite site)
    {
        if (!_sites.TryAdd(path, site))
        {
            throw new InvalidOperationException("The database is watched already.");
        }
    }

    public static void Remove(string path) => _sites.TryRemove(path, out _);

    private static void Register()
    {
        using (var connection = new SqliteConnection("Data Source=:memory:;Pooling=False"))
        {
            connection.Open(); // the library is initialised by its first connection
        }

        _original = Find(null);
        var shim = (NativeVfs*)NativeMemory.Alloc((nuint)sizeof(NativeVfs)); // for the life of the process: SQLite keeps the pointer
        *shim = *_original;
        shim->Next = null;
        shim->Name = (byte*)Marshal.StringToCoTaskMemUTF8("faults");
        shim->Open = &Open;
        shim->Delete = &Delete;
        var code = Register(shim, makeDefault: 1);
        if (code != Ok)
        {
            throw new InvalidOperationException($"sqlite3_vfs_register returned {code}.");
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", ExactSpelling = true)]
    private static extern NativeVfs* Find(byte* name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register", ExactSpelling = true)]
    private static extern int Register(NativeVfs* vfs, int makeDefault);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(NativeVfs* vfs, byte* name, NativeFile* file, int flags, int* outFlags)
    {
        var watched = name == null ? null : Watch(Marshal.PtrToStringUTF8((nint)name)!);
        if (watched?.Site.Next(FileCalls.Open, watched.File) is { } fault)
        {
            file->Methods = null; // SQLite must not close what was not opened
            return fault.Code;
        }

        var code = _original->Open(_original, name, file, flags, outFlags);
        if (watched is not null && file->Methods != null)
        {
            FileShim.Install(file, watched);
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Delete(NativeVfs* vfs, byte* name, int syncDirectory)
    {
        var watched = Watch(Marshal.PtrToStringUTF8((nint)name)!);
        if (watched?.Site.Next(FileCalls.Delete, watched.File) is not { } fault)
        {
            return _original->Delete(_original, name, syncDirectory);
        }

        if (fault.Takes)
        {
            _ = _original->Delete(_original, name, syncDirectory); // the failure to report is the fault's
        }

        return fault.Code;
    }

    private static WatchedFile? Watch(string path)
    {
        foreach (var (database, site) in _sites)
        {
            if (path.StartsWith(database, StringComparison.Ordinal) && site.FileAt(path) is var file and not DatabaseFiles.None)
            {
                return new(site, file);
            }
        }

        return null;
    }
}
