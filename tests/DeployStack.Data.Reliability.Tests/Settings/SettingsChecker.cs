using System.Globalization;
using DeployStack.Data.Reliability.Host.Settings;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>Compares what was acknowledged of settings that are always written together with what their tables hold.</summary>
internal static class SettingsChecker
{
    private const string Numbers = "SELECT DISTINCT CAST(value AS INTEGER) FROM globalSettings WHERE group_id = 'many'";

    private const string History = """
        SELECT batch, count(*), min(CAST(json_extract(each.value, '$.new') AS INTEGER)), max(CAST(json_extract(each.value, '$.new') AS INTEGER))
        FROM deploystack_setting_history, json_each(changes) AS each GROUP BY batch ORDER BY batch
        """;

    /// <summary>The last number that a writer's lines acknowledge; 0 for none.</summary>
    public static long Acknowledged(IEnumerable<string> lines)
        => lines.Where(static line => line.StartsWith("ack ", StringComparison.Ordinal)).Select(static line => long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture)).DefaultIfEmpty().Max();

    /// <summary>Every difference in one sentence; none for a good store.</summary>
    /// <param name="path">The database.</param>
    /// <param name="acknowledged">The last acknowledged number; one more may be there.</param>
    public static List<string> Violations(string path, long acknowledged)
    {
        using var raw = new RawDatabase(path);
        List<string> violations = [.. raw.Damage()];
        var values = raw.Rows(Numbers).ConvertAll(static row => (long)row[0]);
        if (values.Count != 1)
        {
            violations.Add($"half a batch: {values.Count} different numbers");
            return violations;
        }

        if (values[0] < acknowledged || values[0] > acknowledged + 1)
        {
            violations.Add($"{acknowledged} was acknowledged and {values[0]} is there");
        }

        var history = raw.Rows(History);
        if (history.Count != values[0] || history.Exists(static batch => (long)batch[1] != Declared.Many || (long)batch[2] != (long)batch[3]))
        {
            violations.Add($"the history has {history.Count} batches for {values[0]} numbers, or half a batch");
        }

        violations.AddRange(history.Where(static (batch, i) => (long)batch[2] != i + 1).Take(3).Select(static batch => $"batch {batch[0]} of the history is out of place"));
        return violations;
    }
}
