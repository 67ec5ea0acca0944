using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Migrations;

/// <summary>Compares what several processes say of their migrations, and what stands in the database, with what must be.</summary>
internal static class MigrationChecker
{
    /// <summary>Every difference in one sentence; none for a good runner.</summary>
    /// <param name="path">The migrated database.</param>
    /// <param name="expected">The content of a database that one process migrated undisturbed.</param>
    /// <param name="lines">What all processes said; <see langword="null"/> where some were killed before they could say it.</param>
    public static List<string> Violations(string path, List<string> expected, List<string>? lines)
    {
        using var raw = new RawDatabase(path);
        List<string> violations = [.. raw.Damage()];
        var content = raw.Content();
        violations.AddRange(expected.Except(content, StringComparer.Ordinal).Take(3).Select(static line => $"missing: {line}"));
        violations.AddRange(content.Except(expected, StringComparer.Ordinal).Take(3).Select(static line => $"too much: {line}"));
        if (expected.Count != content.Count)
        {
            violations.Add($"{content.Count} rows and objects instead of {expected.Count}");
        }

        if (lines is not null)
        {
            violations.AddRange(lines.Where(static line => line.StartsWith("failed", StringComparison.Ordinal)));
            violations.AddRange(lines.Where(static line => line.StartsWith("applied", StringComparison.Ordinal))
                .CountBy(static line => line)
                .Where(static pair => pair.Value != 1)
                .Select(static pair => $"{pair.Key} by {pair.Value} processes"));
        }

        return violations;
    }
}
