using System.Text.RegularExpressions;
using Mono.Cecil;

namespace DeployStack.Data.Architecture.Tests;

/// <summary>The compiled packages of <c>src/</c> and where their types stand on disk.</summary>
internal static partial class Product
{
    public const string Core = "DeployStack.Data";

    /// <summary>Classes that register things stand in namespace <c>DeployStack.Data</c>, whatever their folder.</summary>
    public static IReadOnlyList<string> RegistrationSuffixes { get; } =
        ["DataBuilderExtensions", "ServiceCollectionExtensions", "HealthChecksBuilderExtensions", "ConfigurationBuilderExtensions"];

    public static IReadOnlyList<string> Names { get; } =
        [.. Repository.Files("src", ".csproj").Select(file => Path.GetFileNameWithoutExtension(file))];

    public static TheoryData<string> Packages { get; } = new(Names);

    public static string PathOf(string package) => Path.Combine(AppContext.BaseDirectory, package + ".dll");

    public static ModuleDefinition Load(string package) => ModuleDefinition.ReadModule(PathOf(package));

    public static bool IsRegistration(string typeName)
        => RegistrationSuffixes.Any(suffix => typeName.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>The room of a type: the first folder below its project; empty for the project's root.</summary>
    public static string RoomOf(string package, TypeReference type)
    {
        var outer = Outermost(type);
        if (IsRegistration(outer.Name))
        {
            var file = Repository.Files($"src/{package}", ".cs").Single(file => Path.GetFileNameWithoutExtension(file) == outer.Name);
            return file.Split('/') is { Length: > 3 } parts ? parts[2] : "";
        }

        return outer.Namespace.Length <= package.Length ? "" : outer.Namespace[(package.Length + 1)..].Split('.')[0];
    }

    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    /// <summary>The code without comments and literals, line by line the same as the file.</summary>
    public static string WithoutCommentsAndText(string code)
        => CommentsAndText().Replace(code, match => new string('\n', match.Value.Count(c => c == '\n')));

    [GeneratedRegex("""
        //[^\n]*|/\*.*?\*/|\${0,3}\"\"\".*?\"\"\"|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'
        """, RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 5000)]
    private static partial Regex CommentsAndText();
}
