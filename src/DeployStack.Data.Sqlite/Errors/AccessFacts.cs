using DeployStack.Data.Sqlite.Files;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_READONLY and SQLITE_CANTOPEN, with the reason that the file system gives.</summary>
internal static class AccessFacts
{
    private const int Recovery = 264;
    private const int CannotLock = 520;
    private const int HotJournal = 776;
    private const int Moved = 1032;
    private const int CannotInitialize = 1288;
    private const int Folder = 1544;
    private const int Symlink = 1550;

    public static ErrorFacts ReadOnly(int extended, in ErrorContext context) => extended switch
    {
        Moved => new(
            DatabaseErrorKind.Moved,
            $"The file of {context.Database} is no longer at its path: it was moved, replaced or deleted while it was open",
            "Put the file back and reopen the database; until then VACUUM INTO through the open connection can rescue the content.")
        {
            Kept = "Nothing was written; what this process reads is still the old content.",
        },
        Folder => NotWritable(context, "its folder cannot be written"),
        HotJournal or Recovery or CannotLock or CannotInitialize => NotWritable(context, "its log or journal has to be recovered or created first, and that needs the right to write"),
        _ when !context.IsWrite => new(
            DatabaseErrorKind.ReadOnly,
            "The statement writes, and this session or connection only reads",
            "Use WriteAsync.")
        {
            Kept = "Nothing was written.",
        },
        _ => NotWritable(context, "SQLite opened it for reading only, or its format is newer than this SQLite writes"),
    };

    public static ErrorFacts CannotOpen(int extended, in ErrorContext context)
    {
        var reason = (context.HasFile ? FileProbe.WhyNotOpened(context.Path!) : null) ?? (extended == Symlink
            ? "a symbolic link stands where SQLite follows none"
            : "the file system shows no reason; the process may have reached its limit of open files");
        return new(
            DatabaseErrorKind.CannotOpen,
            $"SQLite cannot open {context.Database}: {reason}",
            "Correct the path, or what stands there.")
        {
            Kept = "Nothing was created or changed.",
        };
    }

    private static ErrorFacts NotWritable(in ErrorContext context, string otherwise) => new(
        DatabaseErrorKind.ReadOnly,
        $"{char.ToUpperInvariant(context.Database[0])}{context.Database[1..]} cannot be written: {(context.HasFile ? FileProbe.WhyNotWritten(context.Path!) : null) ?? otherwise}",
        "Give this process the right to write the file and its folder, or open it with ReadOnly.")
    {
        Kept = "Nothing was written.",
    };
}
