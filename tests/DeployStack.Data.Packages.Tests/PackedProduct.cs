using System.Reflection;

namespace DeployStack.Data.Packages.Tests;

/// <summary>All packages, packed once from the built output into a scratch folder that is deleted at the end.</summary>
public sealed class PackedProduct : IAsyncLifetime
{
    private static readonly Dictionary<string, string> NoVariables = [];

    public static string Root { get; } = FindRoot();

    /// <summary>The projects that say <c>IsPackable</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(project => File.ReadAllText(project).Contains("<IsPackable>true</IsPackable>", StringComparison.Ordinal))
            .Select(project => Path.GetFileNameWithoutExtension(project)!).Order(StringComparer.Ordinal),
    ];

    public string Scratch { get; } = Directory.CreateTempSubdirectory("deploystack-data-packages-").FullName;

    public string Feed => Path.Combine(Scratch, "feed");

    public string Version { get; private set; } = "";

    public static string Metadata(string key) => typeof(PackedProduct).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == key).Value!;

    public string Package(string name, string extension = "nupkg") => Path.Combine(Feed, $"{name}.{Version}.{extension}");

    public async Task InitializeAsync()
    {
        foreach (var name in Names)
        {
            await Dotnet.RunAsync(
                Root, NoVariables, "pack", $"src/{name}/{name}.csproj", "--no-build", "--nologo", "-v", "quiet", "-o", Feed, "-c", Metadata("Configuration"));
        }

        var core = Directory.EnumerateFiles(Feed, $"{Names[0]}.*.nupkg").Select(file => Path.GetFileNameWithoutExtension(file)!)
            .Single(name => char.IsAsciiDigit(name[Names[0].Length + 1]));
        Version = core[(Names[0].Length + 1)..];
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Scratch, recursive: true);
        return Task.CompletedTask;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DeployStack.Data.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("No folder above the test assembly holds DeployStack.Data.sln.");
        }

        return folder.FullName;
    }
}
