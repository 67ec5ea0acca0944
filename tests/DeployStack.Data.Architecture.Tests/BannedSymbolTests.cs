using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class BannedSymbolTests
{
    public static TheoryData<string> Packages => Product.Packages;

    private static IEnumerable<string> Banned => Repository.Lines("src/BannedSymbols.txt").Select(line => line.Split(';')[0]);

    [Fact]
    public void The_analyzer_is_given_the_list()
    {
        var props = XDocument.Parse(Repository.Read("src/Directory.Build.props"));
        Assert.Contains(props.Descendants("AdditionalFiles"), each => each.Attribute("Include")!.Value.EndsWith("BannedSymbols.txt", StringComparison.Ordinal));
        var packages = XDocument.Parse(Repository.Read("src/Directory.Packages.props"));
        Assert.Contains(packages.Descendants("GlobalPackageReference"), each => each.Attribute("Include")!.Value == "Microsoft.CodeAnalysis.BannedApiAnalyzers");
    }

    [Fact]
    public void Every_line_names_a_member_that_exists_and_gives_a_reason()
    {
        using var runtime = ModuleDefinition.ReadModule(typeof(object).Assembly.Location);
        using var dapper = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "Dapper.dll"));
        var unknown = Banned.Where(id => !Exists(runtime, id) && !Exists(dapper, id));
        Rule.Holds(unknown, "A line that names nothing bans nothing: correct the documentation id.");
        Rule.Holds(Repository.Lines("src/BannedSymbols.txt").Where(line => line.Split(';') is not [_, { Length: > 5 }]), "Write id;reason.");
    }

    [Fact]
    public void Nothing_in_src_switches_the_ban_off()
        => Rule.Holds(
            Repository.Files("src", ".cs", ".csproj", ".props").Where(file => Repository.Read(file).Contains("RS0030", StringComparison.Ordinal)),
            "Use what the list advises.");

    [Theory]
    [MemberData(nameof(Packages))]
    public void No_banned_member_is_used(string package)
    {
        var banned = Banned.Select(id => MemberName().Match(id).Groups["name"].Value).ToHashSet();
        using var module = Product.Load(package);
        var uses = from type in module.Types
                   from instruction in Edges.Instructions(type)
                   let used = instruction.Operand as MemberReference
                   where used is MethodReference or FieldReference
                   let owner = used.DeclaringType.FullName.Replace('/', '.')
                   where banned.Contains(owner) || banned.Contains($"{owner}.{Accessor().Replace(used.Name, "")}")
                   select $"{type.FullName} uses {used.FullName}";
        Rule.Holds(uses, "src/BannedSymbols.txt says what to use.");
    }

    private static bool Exists(ModuleDefinition module, string id) => module.GetTypes()
        .Where(type => id.Contains(type.FullName.Replace('/', '.'), StringComparison.Ordinal))
        .Any(type => type.Methods.Concat<IMemberDefinition>(type.Properties).Concat(type.Fields).Append(type).Any(member => DocCommentId.GetDocCommentId(member) == id));

    [GeneratedRegex(@"^[A-Z]:(?<name>[\w.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MemberName();

    [GeneratedRegex("^[gs]et_", RegexOptions.None, 1000)]
    private static partial Regex Accessor();
}
