using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace DeployStack.Data.Packages.Tests;

[Collection(PackedProductGroup.Name)]
public sealed class PackageTests(PackedProduct product)
{
    /// <summary>What a consumer gets besides the package itself; nothing else may slip in.</summary>
    private static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["DeployStack.Data"] = ["Dapper", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options"],
        ["DeployStack.Data.Sqlite"] = ["DeployStack.Data", "Microsoft.Data.Sqlite"],
        ["DeployStack.Data.Hosting"] =
        [
            "DeployStack.Data", "Microsoft.Extensions.Configuration.Binder", "Microsoft.Extensions.Configuration.EnvironmentVariables", "Microsoft.Extensions.Diagnostics.HealthChecks",
            "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options.ConfigurationExtensions",
        ],
        ["DeployStack.Data.Upstream"] = ["BouncyCastle.Cryptography", "DeployStack.Data"],
        ["DeployStack.Data.Testing"] =
            ["DeployStack.Data", "DeployStack.Data.Sqlite", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.TimeProvider.Testing"],
        ["DeployStack.Data.Testing.Conformance"] = ["DeployStack.Data", "xunit"],
    };

    public static TheoryData<string> Packages { get; } = new(PackedProduct.Names);

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_holds_assembly_documentation_and_readme(string name)
    {
        using var package = ZipFile.OpenRead(product.Package(name));
        var entries = package.Entries.Select(entry => entry.FullName).Where(entry => entry.StartsWith("lib/", StringComparison.Ordinal) || entry == "README.md");
        Assert.Equal(["README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml"], entries.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_says_what_it_is(string name)
    {
        var metadata = Nuspec(name).Descendants().Single(element => element.Name.LocalName == "metadata");
        string Value(string element) => metadata.Elements().FirstOrDefault(each => each.Name.LocalName == element)?.Value ?? "";
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEqual("Package Description", Value("description"));
        Assert.True(Value("description").Length > 40, Value("description"));
        Assert.Contains("deploystack", Value("tags") + Value("authors"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(product.Version, Value("version"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_depends_on_nothing_unexpected(string name)
    {
        var dependencies = Nuspec(name).Descendants().Where(element => element.Name.LocalName == "dependency").ToList();
        Assert.Equal(Dependencies[name].Order(StringComparer.Ordinal), dependencies.Select(each => each.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.All(
            dependencies.Where(each => each.Attribute("id")!.Value.StartsWith("DeployStack.", StringComparison.Ordinal)),
            each => Assert.Equal(product.Version, each.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Symbols_are_packed_beside_it(string name)
    {
        using var symbols = ZipFile.OpenRead(product.Package(name, "snupkg"));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{name}.pdb");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Assembly_is_compiled_deterministically(string name)
    {
        using var package = ZipFile.OpenRead(product.Package(name));
        using var stream = new MemoryStream();
        using (var entry = package.GetEntry($"lib/net10.0/{name}.dll")!.Open())
        {
            entry.CopyTo(stream);
        }

        stream.Position = 0;
        using var assembly = new PEReader(stream);
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    private XDocument Nuspec(string name)
    {
        using var package = ZipFile.OpenRead(product.Package(name));
        using var stream = package.GetEntry($"{name}.nuspec")!.Open();
        return XDocument.Load(stream);
    }
}
