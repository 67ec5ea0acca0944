namespace DeployStack.Data.Architecture.Tests;

/// <summary>The working tree, found by walking up to the solution; build output and ignored folders are not part of it.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        ".git", ".vs", ".idea", "artifacts", "bin", "obj", "persistent_data", "TestResults", "BenchmarkDotNet.Artifacts",
    };

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> SourceFolders { get; } = ["src", "tests", "samples"];

    /// <summary>The files below a folder, as paths from the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        var path = Path.Combine(Root, folder);
        return !Directory.Exists(path) ? [] : Walk(path)
            .Where(file => extensions.Length == 0 || extensions.Contains(Path.GetExtension(file), StringComparer.Ordinal))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }

    public static IEnumerable<string> CodeFiles() => SourceFolders.SelectMany(folder => Files(folder, ".cs"));

    public static IEnumerable<string> TopLevel()
        => Directory.EnumerateFileSystemEntries(Root).Select(entry => Path.GetFileName(entry)!).Where(name => !Ignored.Contains(name));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file)).ReplaceLineEndings("\n");

    public static string[] Lines(string file) => Read(file).TrimEnd('\n').Split('\n');

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder)
        => Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder)
            .Where(child => !Ignored.Contains(Path.GetFileName(child)))
            .SelectMany(Walk)).Where(file => !Path.GetFileName(file).Contains(".received.", StringComparison.Ordinal)
                && !Ignored.Contains(Path.GetFileName(file)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DeployStack.Data.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("No folder above the test assembly holds DeployStack.Data.sln.");
    }
}
