using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Files;

/// <summary>What the file system says of a path, asked without opening it.</summary>
/// <param name="Kind">What stands there; behind a symbolic link, what the link leads to.</param>
/// <param name="IsLink">Whether the path itself is a symbolic link.</param>
/// <param name="Mode">The permission bits; <see langword="null"/> on Windows.</param>
/// <param name="Owner">The owner's user id; <see langword="null"/> where the system does not tell.</param>
internal readonly record struct Entry(EntryKind Kind, bool IsLink, UnixFileMode? Mode, uint? Owner)
{
    private const int TypeMask = 0xF000;
    private const int TypeFile = 0x8000;
    private const int TypeDirectory = 0x4000;
    private const UnixFileMode OthersMask = (UnixFileMode)0b000_111_111;

    /// <summary>The bits that let anybody but the owner in.</summary>
    public UnixFileMode OthersMode => (Mode ?? UnixFileMode.None) & OthersMask;

    /// <summary>Owner and mode for a message, such as <c>owner uid 0, mode 0644</c>.</summary>
    public string Rights => Mode is not { } mode ? "no Unix rights"
        : Owner is { } owner ? $"owner uid {owner}, mode {Octal(mode)}" : $"mode {Octal(mode)}";

    public static Entry At(string path)
    {
        var isLink = new FileInfo(path).LinkTarget is not null;
        if (!Posix.CanStat)
        {
            return Portable(path, isLink);
        }

        if (Posix.TryStat(path, follow: true, out var mode, out var owner))
        {
            var kind = (mode & TypeMask) switch { TypeFile => EntryKind.File, TypeDirectory => EntryKind.Directory, _ => EntryKind.Special };
            return new(kind, isLink, (UnixFileMode)(mode & 0xFFF), owner);
        }

        return new(EntryKind.Missing, isLink, null, null);
    }

    /// <summary>The mode as <c>chmod</c> takes it.</summary>
    public static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8).PadLeft(3, '0');

    // The framework counts a link to nothing as an existing file, and tells neither owners nor FIFOs.
    private static Entry Portable(string path, bool isLink)
    {
        var target = isLink ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        if (Directory.Exists(target))
        {
            return new(EntryKind.Directory, isLink, ModeOf(target), null);
        }

        return File.Exists(target) && new FileInfo(target).LinkTarget is null
            ? new(EntryKind.File, isLink, ModeOf(target), null)
            : new(EntryKind.Missing, isLink, null, null);
    }

    private static UnixFileMode? ModeOf(string path) => OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(path);
}
