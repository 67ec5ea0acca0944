using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class TelemetryNameTests
{
    /// <summary>The attributes and metrics of the OpenTelemetry database conventions, stable or in development.</summary>
    private static readonly HashSet<string> Conventional = new(StringComparer.Ordinal)
    {
        "db.system.name", "db.namespace", "db.collection.name", "db.operation.name", "db.operation.batch.size", "db.query.text", "db.query.summary",
        "db.response.status_code", "db.response.returned_rows", "db.stored_procedure.name",
        "db.client.operation.duration", "db.client.response.returned_rows", "db.client.connection.count", "db.client.connection.idle.max",
        "db.client.connection.idle.min", "db.client.connection.max", "db.client.connection.pending_requests", "db.client.connection.timeouts",
        "db.client.connection.create_time", "db.client.connection.wait_time", "db.client.connection.use_time",
        "db.client.connection.state", "db.client.connection.pool.name",
    };

    [Fact]
    public void Instruments_are_named_after_the_conventions()
        => Rule.Holds(
            Literals(instruction => IsCreation(instruction, "System.Diagnostics.Metrics.Meter", "Create"))
                .Where(each => !Conventional.Contains(each.Literal) && !OwnName().IsMatch(each.Literal)).Select(each => $"{each.Where}: {each.Literal}"),
            "db.client.* as the conventions list it, or deploystack.data.* in lower case with dots.");

    [Fact]
    public void Sources_and_meters_are_named_after_the_assembly()
        => Rule.Holds(
            Literals(instruction => IsCreation(instruction, "System.Diagnostics.ActivitySource", ".ctor") || IsCreation(instruction, "System.Diagnostics.Metrics.Meter", ".ctor"))
                .Where(each => each.Literal != Product.Core).Select(each => $"{each.Where}: {each.Literal}"),
            "One name for all: DeployStack.Data.");

    [Fact]
    public void Attributes_that_start_with_db_are_the_conventions_own()
        => Rule.Holds(
            from package in Product.Names
            from each in Strings(package)
            where AttributeName().IsMatch(each.Literal) && !each.Literal.EndsWith(".json", StringComparison.Ordinal) && !Conventional.Contains(each.Literal)
            select $"{each.Where}: {each.Literal}",
            "The conventions renamed many (db.system, db.statement are gone); own ones start with deploystack.data.");

    [Theory]
    [InlineData("deploystack.data.writer.queue.length", true)]
    [InlineData("deploystack.data.WriterQueue", false)]
    [InlineData("writer.queue", false)]
    public void Own_names_are_lower_case_and_dotted(string name, bool fits) => Assert.Equal(fits, OwnName().IsMatch(name));

    private static IEnumerable<(string Where, string Literal)> Strings(string package)
    {
        using var module = Product.Load(package);
        return [.. from type in module.Types
                   from instruction in Edges.Instructions(type)
                   where instruction.OpCode.Code == Code.Ldstr
                   select (type.Name, (string)instruction.Operand)];
    }

    /// <summary>The first text that is pushed for each call, counted from the call of that kind before.</summary>
    private static List<(string Where, string Literal)> Literals(Func<Instruction, bool> isCall)
    {
        var found = new List<(string Where, string Literal)>();
        foreach (var package in Product.Names)
        {
            using var module = Product.Load(package);
            foreach (var method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
            {
                string? first = null;
                foreach (var instruction in method.Body.Instructions)
                {
                    first ??= instruction.OpCode.Code == Code.Ldstr ? (string)instruction.Operand : null;
                    if (isCall(instruction))
                    {
                        found.Add((method.FullName, first ?? "(not a constant)"));
                    }

                    first = instruction.Operand is MethodReference { DeclaringType.Namespace: "System.Diagnostics.Metrics" or "System.Diagnostics" } ? null : first;
                }
            }
        }

        return found;
    }

    private static bool IsCreation(Instruction instruction, string type, string prefix) => instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj
        && instruction.Operand is MethodReference called && called.DeclaringType.FullName == type && called.Name.StartsWith(prefix, StringComparison.Ordinal);

    [GeneratedRegex(@"^deploystack\.data(\.[a-z]+(_[a-z]+)*)+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OwnName();

    [GeneratedRegex(@"^db\.[a-z_.]+$", RegexOptions.None, 1000)]
    private static partial Regex AttributeName();
}
