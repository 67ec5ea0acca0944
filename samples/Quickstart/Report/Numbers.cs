using System.Globalization;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    public static string Text(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Milliseconds(TimeSpan time) => time.TotalMilliseconds.ToString(time.TotalMilliseconds < 100 ? "N1" : "N0", CultureInfo.InvariantCulture) + " ms";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1 << 10 => $"{Text(bytes)} bytes",
        < 1 << 20 => Scaled(bytes, 1 << 10, "KiB"),
        < 1L << 30 => Scaled(bytes, 1 << 20, "MiB"),
        _ => Scaled(bytes, 1 << 30, "GiB"),
    };

    private static string Scaled(long bytes, long unit, string name) => ((double)bytes / unit).ToString("N1", CultureInfo.InvariantCulture) + " " + name;
}
