using System.Globalization;

namespace DeployStack.Data.Testing.Conformance;

/// <summary>How much the suites do, and how patient they are.</summary>
internal static class TestScale
{
    /// <summary>What amounts are multiplied by: the environment variable RELIABILITY_SCALE, 1 without it.</summary>
    public static int Amount { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_SCALE"), NumberStyles.None, CultureInfo.InvariantCulture, out var scale) && scale > 0 ? scale : 1;

    /// <summary>What bounds of time are multiplied by: 4 on a build server, whose processors are shared.</summary>
    public static int Slack { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? 4 : 1;

    /// <summary>How long anything may take before the test fails rather than hangs.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30 * Slack);
}
