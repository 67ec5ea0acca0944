using Mono.Cecil;

namespace DeployStack.Data.Architecture.Tests;

public sealed class ConformanceTests
{
    private const string Suites = "DeployStack.Data.Testing.Conformance";

    /// <summary>The subjects of the contract: the test assembly, and how the names of its classes begin.</summary>
    private static readonly (string Subject, string Assembly, string Prefix)[] Subjects =
    [
        ("SQLite on a file", "DeployStack.Data.Sqlite.Tests", "SqliteFile"),
        ("SQLite in memory", "DeployStack.Data.Sqlite.Tests", "SqliteMemory"),
        ("the batch-only test provider", "DeployStack.Data.Tests", "BatchOnly"),
    ];

    /// <summary>Suite → the reason why a subject does not run it.</summary>
    private static readonly Dictionary<(string Subject, string Suite), string> Departures = [];

    [Fact]
    public void Every_subject_runs_every_suite()
    {
        var missing = new List<string>();
        var suites = AbstractSuites();
        foreach (var (subject, assembly, prefix) in suites.Count == 0 ? [] : Subjects)
        {
            using var module = ModuleDefinition.ReadModule(OutputOf(assembly));
            var run = module.GetTypes().Where(type => !type.IsAbstract && type.Name.StartsWith(prefix, StringComparison.Ordinal))
                .SelectMany(BaseNames).ToHashSet();
            missing.AddRange(suites.Where(suite => !run.Contains(suite) && !Departures.ContainsKey((subject, suite))).Select(suite => $"{subject}: {suite}"));
        }

        Rule.Holds(missing, "Derive a class from the suite, or write the reason into Departures.");
    }

    [Fact]
    public void Every_departure_names_a_suite_and_gives_a_reason()
    {
        var suites = AbstractSuites();
        Rule.Holds(Departures.Where(entry => !suites.Contains(entry.Key.Suite) || entry.Value.Length < 20).Select(entry => entry.Key.ToString()), "Delete the line, or write the reason.");
    }

    [Fact]
    public void Suites_are_abstract_classes_with_tests()
    {
        using var module = Product.Load(Suites);
        Rule.Holds(
            module.GetTypes().Where(type => !type.IsAbstract && HasTests(type)).Select(type => type.FullName),
            "A suite is abstract: a provider derives from it.");
    }

    private static List<string> AbstractSuites()
    {
        using var module = Product.Load(Suites);
        return [.. module.GetTypes().Where(type => type.IsAbstract && type.IsPublic && HasTests(type)).Select(type => type.Name)];
    }

    private static bool HasTests(TypeDefinition type)
        => type.Methods.Any(method => method.CustomAttributes.Any(attribute => attribute.AttributeType.Name is "FactAttribute" or "TheoryAttribute"));

    // a subject may put a class of its own between the suite and the concrete class
    private static IEnumerable<string> BaseNames(TypeDefinition type)
    {
        for (var current = type.BaseType; current is not null; current = (current as TypeDefinition)?.BaseType)
        {
            yield return current.Name;
        }
    }

    /// <summary>The other test projects are built before this one, into the same artifacts folder.</summary>
    private static string OutputOf(string assembly)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(Repository.Root, "artifacts", "bin", assembly, configuration, assembly + ".dll");
    }
}
