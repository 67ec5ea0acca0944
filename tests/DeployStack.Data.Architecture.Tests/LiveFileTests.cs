using Mono.Cecil;

namespace DeployStack.Data.Architecture.Tests;

/// <summary>
/// A file of a live database belongs to SQLite: closing any other descriptor of it in the same process drops SQLite's
/// locks. So the SQLite package opens files nowhere but in the types listed here.
/// </summary>
public sealed class LiveFileTests
{
    private const string Package = "DeployStack.Data.Sqlite";

    /// <summary>Type → why it may open a file that is not a live database.</summary>
    private static readonly Dictionary<string, string> MayOpenFiles = new()
    {
        ["DeployStack.Data.Sqlite.Connections.DatabaseFile"] = "creates the missing file (CreateNew) for the owner alone and closes it under a lock before SQLite opens it",
    };

    /// <summary>What only asks the file system, or names files, and holds no descriptor of the content.</summary>
    private static readonly HashSet<string> Harmless = new(StringComparer.Ordinal)
    {
        "Exists", "Delete", "GetUnixFileMode", "SetUnixFileMode", "GetAttributes", "SetAttributes", "GetLastWriteTimeUtc", "ResolveLinkTarget",
        "get_Exists", "get_Length", "get_FullName", "get_Name", "get_Directory", "get_DirectoryName", "get_Attributes", "get_LinkTarget",
        "get_UnixFileMode", "set_UnixFileMode", "get_LastWriteTimeUtc", "Refresh", ".ctor",
    };

    private static readonly HashSet<string> Openers = new(StringComparer.Ordinal)
    {
        "System.IO.FileStream", "System.IO.RandomAccess", "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.MemoryMappedFiles.MemoryMappedFile",
    };

    [Fact]
    public void The_SQLite_package_opens_no_file_through_System_IO()
    {
        using var module = Product.Load(Package);
        Rule.Holds(
            Offences(module).Where(offence => !MayOpenFiles.ContainsKey(offence.Type)).Select(offence => $"{offence.Type} calls {offence.Call}"),
            "Use SQLite's own handle; a file that is never a live database gets a line with its reason in MayOpenFiles.");
    }

    [Fact]
    public void Every_exception_is_still_needed_and_has_a_reason()
    {
        using var module = Product.Load(Package);
        var used = Offences(module).Select(offence => offence.Type).ToHashSet();
        Rule.Holds(MayOpenFiles.Where(entry => !used.Contains(entry.Key) || entry.Value.Length < 20).Select(entry => entry.Key), "Delete the line, or write the reason.");
    }

    [Fact]
    public void Opening_a_file_is_found()
    {
        using var module = ModuleDefinition.ReadModule(typeof(LiveFileTests).Assembly.Location);
        Assert.Contains(Offences(module), offence => offence.Type == typeof(Repository).FullName && offence.Call.Contains("ReadAllText", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Type, string Call)> Offences(ModuleDefinition module)
        => from type in module.Types
           from instruction in Edges.Instructions(type)
           let called = instruction.Operand as MethodReference
           where called is not null && Opens(called)
           select (type.FullName, called.FullName);

    private static bool Opens(MethodReference called) => Openers.Contains(called.DeclaringType.FullName)
        || (called.DeclaringType.FullName is "System.IO.File" or "System.IO.FileInfo" && !Harmless.Contains(called.Name));
}
