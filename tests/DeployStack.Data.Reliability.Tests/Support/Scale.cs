using System.Globalization;

namespace DeployStack.Data.Reliability.Support;

/// <summary>How much of each scenario is run: <c>RELIABILITY_SCALE</c> (1, the default, fits an ordinary build; 10 and more
/// is for a night) and <c>RELIABILITY_SEED</c>.</summary>
internal static class Scale
{
    private const int DefaultSeed = 20_260_101;

    /// <summary>1 is the size that every build runs.</summary>
    public static double Factor { get; } = double.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_SCALE"), CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 1;

    /// <summary>The same for every run unless it is given; printed with every scenario that uses it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("RELIABILITY_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : DefaultSeed;

    /// <summary>What a bound on responsiveness is multiplied with: shared build machines stall for tens of milliseconds.</summary>
    public static int Slack { get; } = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase) ? 4 : 1;

    /// <summary>A count that grows with the scale.</summary>
    /// <param name="atOne">At scale 1.</param>
    /// <param name="atMost">What the scenario is worth at most.</param>
    public static int Of(int atOne, int atMost = int.MaxValue) => (int)Math.Clamp(Math.Round(atOne * Factor), 1, atMost);
}
