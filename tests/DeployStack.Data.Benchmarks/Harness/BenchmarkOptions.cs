namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        dotnet run -c Release --project tests/DeployStack.Data.Benchmarks [-- options]
          (none)         all cases; writes docs/performance.md
          --case <name>  the cases whose name begins so (may be repeated); writes nothing
          --quick        few short rounds, to see that all of it works; writes nothing
          --list         the names of the cases
        """;

    public IReadOnlyList<string> Cases { get; private init; } = [];

    public bool IsQuick { get; private init; }

    public bool ListsOnly { get; private init; }

    /// <summary>Set for a child process: what it measures of itself.</summary>
    public IReadOnlyList<string> Child { get; private init; } = [];

    /// <summary>What was not understood.</summary>
    public string? Unknown { get; private init; }

    public bool WritesReport => !IsQuick && Cases.Count == 0;

    public int Rounds => IsQuick ? 3 : 11;

    public int WarmUps => IsQuick ? 2 : 4;

    public TimeSpan Turn => TimeSpan.FromMilliseconds(IsQuick ? 40 : 250);

    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchmarkOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--child":
                    return options with { Child = [.. arguments.Skip(i + 1)] };
                case "--case" when i + 1 < arguments.Count:
                    options = options with { Cases = [.. options.Cases, arguments[++i]] };
                    break;
                case "--quick":
                    options = options with { IsQuick = true };
                    break;
                case "--list":
                    options = options with { ListsOnly = true };
                    break;
                default:
                    return options with { Unknown = arguments[i] };
            }
        }

        return options;
    }

    public bool Includes(Case subject) => Cases.Count == 0 || Cases.Any(name => subject.Name.StartsWith(name, StringComparison.Ordinal));
}
