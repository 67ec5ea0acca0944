using System.Xml.Linq;

namespace DeployStack.Data.Architecture.Tests;

public sealed class ReferenceTests
{
    private static readonly string[] CorePackages =
    [
        "Dapper", "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options",
        "Microsoft.Extensions.Primitives", // comes with Options, which takes its change tokens
    ];

    /// <summary>What each package may reference besides the runtime; a package without a line here may not exist.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        [Product.Core] = CorePackages,
        ["DeployStack.Data.Sqlite"] = [Product.Core, "Microsoft.Data.Sqlite", "SQLitePCLRaw.*", .. CorePackages[1..]],
        ["DeployStack.Data.Hosting"] = [Product.Core, "Microsoft.Extensions.*"],
        ["DeployStack.Data.Upstream"] = [Product.Core, "BouncyCastle.Cryptography", "Microsoft.Extensions.DependencyInjection.Abstractions"],
        ["DeployStack.Data.Testing"] = [Product.Core, "DeployStack.Data.Sqlite", "Microsoft.Extensions.*"],
        ["DeployStack.Data.Testing.Conformance"] = [Product.Core, "xunit", "xunit.*", .. CorePackages],
    };

    /// <summary>Package → why it sees another one besides the core.</summary>
    private static readonly Dictionary<string, string> SeesAnother = new()
    {
        ["DeployStack.Data.Testing"] = "a test database is copied as the bytes of a SQLite file, so the kit is a kit for that engine",
    };

    public static TheoryData<string> Packages => Product.Packages;

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assemblies_reference_only_what_the_table_allows(string package)
    {
        using var module = Product.Load(package);
        var references = module.AssemblyReferences.Select(reference => reference.Name)
            .Where(name => name is not ("System" or "netstandard" or "mscorlib") && !name.StartsWith("System.", StringComparison.Ordinal));
        Rule.Holds(references.Where(name => !IsAllowed(package, name)), "The table at the top of ReferenceTests says what a package may see.");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Projects_reference_only_what_the_table_allows(string package)
    {
        var project = XDocument.Parse(Repository.Read($"src/{package}/{package}.csproj"));
        var references = project.Descendants("PackageReference").Select(each => each.Attribute("Include")!.Value)
            .Concat(project.Descendants("ProjectReference").Select(each => Path.GetFileNameWithoutExtension(each.Attribute("Include")!.Value)));
        Rule.Holds(references.Where(name => !IsAllowed(package, name)), "The table at the top of ReferenceTests says what a package may see.");
    }

    [Fact]
    public void Every_other_package_points_at_the_core_alone()
    {
        var sideways = Allowed.Where(entry => !SeesAnother.ContainsKey(entry.Key)).SelectMany(entry => entry.Value).Where(name => name.StartsWith("DeployStack.", StringComparison.Ordinal) && name != Product.Core);
        Rule.Holds(sideways, "Packages do not see each other.");
        Rule.Holds(Product.Names.Except(Allowed.Keys), "Give the package a line in the table.");
    }

    private static bool IsAllowed(string package, string reference) => Allowed[package].Any(allowed
        => allowed == reference || (allowed.EndsWith(".*", StringComparison.Ordinal) && reference.StartsWith(allowed[..^1], StringComparison.Ordinal)));
}
