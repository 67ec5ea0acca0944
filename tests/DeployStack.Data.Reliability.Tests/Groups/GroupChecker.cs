using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>Compares what the callers were told with what is in the file.</summary>
internal static class GroupChecker
{
    /// <summary>Every difference in one sentence; none for a good engine.</summary>
    public static List<string> Violations(string path, Ledger ledger)
    {
        using var raw = new RawDatabase(path);
        List<string> violations = [.. raw.Damage()];
        var times = raw.Rows("SELECT times FROM applied ORDER BY unit").Select(static row => (long)row[0]).ToArray();
        var parts = raw.Rows("SELECT unit, count(*) FROM parts GROUP BY unit").ToDictionary(static row => (long)row[0], static row => (long)row[1]);
        if (times.Length != ledger.Units.Count)
        {
            violations.Add($"{times.Length} counters instead of {ledger.Units.Count}");
            return violations;
        }

        for (var unit = 0; unit < times.Length; unit++)
        {
            if (Violation(ledger.Units[unit], times[unit]) is { } violation)
            {
                violations.Add($"unit {unit} {violation}");
            }

            var expected = UnitGroup.IsOneStatement(unit) ? 0 : times[unit] * 2;
            if (parts.GetValueOrDefault(unit) != expected)
            {
                violations.Add($"unit {unit} is torn: {parts.GetValueOrDefault(unit)} rows instead of {expected}");
            }
        }

        return violations;
    }

    private static string? Violation(Told told, long times) => (told, times) switch
    {
        (_, > 1) => $"was applied {times} times",
        (Told.Committed, 0) => "was acknowledged and is lost",
        (Told.NotCommitted, 1) => "was reported failed and is there",
        _ => null,
    };
}
