using System.Runtime.InteropServices;
using System.Text;

namespace DeployStack.Data.Sqlite.Interop;

/// <summary>The calls of the C library that tell about a file without opening it (opening a FIFO would hang, and closing a
/// live database would drop SQLite's locks), and those that map memory once more.</summary>
internal static unsafe class Posix
{
    public const int CanRead = 4;
    public const int CanWrite = 2;
    public const int CanEnter = 1;

    private const int CurrentDirectory = -100;
    private const int NoFollow = 0x100;
    private const uint TypeModeOwner = 0x1 | 0x2 | 0x8; // STATX_TYPE, STATX_MODE, STATX_UID
    private const int StructSize = 256;
    private const int RemapMayMove = 1;

    /// <summary>The user id that this process acts with; 0 is root.</summary>
    public static uint EffectiveUser => GetEffectiveUser();

    /// <summary>Whether the system has <c>statx</c>: Linux, with a C library that is not ancient.</summary>
    public static bool CanStat { get; } = OperatingSystem.IsLinux() && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "statx", out _);

    /// <summary>Asks <c>statx</c>, whose struct is the same on every processor.</summary>
    /// <param name="path">What to look at.</param>
    /// <param name="follow">Whether to look at the target of a symbolic link.</param>
    /// <param name="mode">Type and permission bits, as in <c>st_mode</c>.</param>
    /// <param name="owner">The owner's user id.</param>
    /// <returns>False where nothing is there, or nobody can tell: see <see cref="CanStat"/>.</returns>
    public static bool TryStat(string path, bool follow, out int mode, out uint owner)
    {
        mode = 0;
        owner = 0;
        if (!CanStat)
        {
            return false;
        }

        var buffer = stackalloc byte[StructSize];
        fixed (byte* name = Terminated(path))
        {
            if (StatX(CurrentDirectory, name, follow ? 0 : NoFollow, TypeModeOwner, buffer) != 0)
            {
                return false;
            }
        }

        owner = *(uint*)(buffer + 20);
        mode = *(ushort*)(buffer + 28);
        return true;
    }

    /// <summary>Whether this process may do what it asks for; root may, unless the file system itself is read-only.</summary>
    public static bool Allows(string path, int access)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        fixed (byte* name = Terminated(path))
        {
            return Access(name, access) == 0;
        }
    }

    /// <summary>Maps pages of a shared mapping once more, for a life of their own.</summary>
    /// <param name="address">The first page.</param>
    /// <param name="length">How many bytes.</param>
    /// <returns>Where; 0 where the system does not do that.</returns>
    /// <remarks>https://man7.org/linux/man-pages/man2/mremap.2.html: an old size of 0 leaves the old mapping as it is.</remarks>
    public static nint MapAgain(nint address, nint length)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        var mapped = Remap(address, 0, length, RemapMayMove);
        return mapped == -1 ? 0 : mapped;
    }

    /// <summary>Gives a mapping back.</summary>
    public static bool Unmap(nint address, nint length) => UnmapPages(address, length) == 0;

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    private static extern int StatX(int directory, byte* path, int flags, uint mask, byte* buffer);

    [DllImport("libc", EntryPoint = "access", ExactSpelling = true)]
    private static extern int Access(byte* path, int mode);

    [DllImport("libc", EntryPoint = "mremap", ExactSpelling = true)]
    private static extern nint Remap(nint address, nint oldSize, nint newSize, int flags);

    [DllImport("libc", EntryPoint = "munmap", ExactSpelling = true)]
    private static extern int UnmapPages(nint address, nint length);

    [DllImport("libc", EntryPoint = "geteuid", ExactSpelling = true)]
    private static extern uint GetEffectiveUser();
}
