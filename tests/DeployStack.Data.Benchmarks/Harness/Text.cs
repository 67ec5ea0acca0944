using System.Globalization;

namespace DeployStack.Data.Benchmarks.Harness;

/// <summary>Figures as text, three digits each.</summary>
internal static class Text
{
    public static string Times(double value) => $"{Number(value)} ×";

    public static string Bytes(double value) => double.IsNaN(value) ? "–" : value < 10_000 ? $"{Number(value)} B" : $"{Number(value / 1024)} KiB";

    public static string Time(double nanoseconds) => nanoseconds switch
    {
        double.NaN => "–",
        < 1e3 => $"{Number(nanoseconds)} ns",
        < 1e6 => $"{Number(nanoseconds / 1e3)} µs",
        < 1e9 => $"{Number(nanoseconds / 1e6)} ms",
        _ => $"{Number(nanoseconds / 1e9)} s",
    };

    public static string Number(double value) => value switch
    {
        double.NaN => "–",
        0 => "0",
        < 0.1 => value.ToString("0.###", CultureInfo.InvariantCulture),
        < 10 => value.ToString("0.00", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("#,0", CultureInfo.InvariantCulture),
    };
}
