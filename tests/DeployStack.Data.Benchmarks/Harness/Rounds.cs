using System.Diagnostics;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>Runs the variants of a case in turns: warm-up, then rounds in rotated order, each turn after a full collection.</summary>
internal static class Rounds
{
    public static CaseRun Run(Case subject, BenchmarkOptions options, string template)
    {
        using var workspace = new Workspace(options, template);
        var run = new CaseRun(subject, subject.Open(workspace));
        var variants = run.Variants.Where(static variant => variant.Absent is null).ToArray();
        var turn = options.Turn * subject.TurnLength;
        var started = Stopwatch.GetTimestamp();
        for (var round = -options.WarmUps; round < options.Rounds; round++)
        {
            for (var i = 0; i < variants.Length; i++)
            {
                var variant = variants[(i + options.WarmUps + round) % variants.Length];
                Collect();
                var sample = variant.Run(turn);
                variant.Settle();
                if (round >= 0)
                {
                    run.Add(variant, sample);
                }
            }
        }

        Console.Error.WriteLine($"{subject.Name}: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        return run;
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
