using System.Globalization;

namespace DeployStack.Data.Quickstart;

/// <summary>What the command line asks for.</summary>
/// <param name="Path">The database file; null leaves it to the library: SQLITE_DB_PATH, else its default.</param>
/// <param name="Seconds">How long the workload is replayed; 0 leaves it out.</param>
/// <param name="Rate">How many times faster than in DeployStack.</param>
internal sealed record Arguments(string? Path, double Seconds, double Rate)
{
    public const string Usage = "usage: Quickstart [--path FILE] [--seconds N (0 to 3600, default 5)] [--rate FACTOR (0.1 to 1000, default 100)]";

    /// <returns>Null where the command line is not understood.</returns>
    public static Arguments? Parse(ReadOnlySpan<string> args)
    {
        var arguments = new Arguments(null, 5, 100);
        for (; args.Length >= 2; args = args[2..])
        {
            var value = args[1];
            if (args[0] == "--path" && value.Length > 0)
            {
                arguments = arguments with { Path = value };
            }
            else if (args[0] == "--seconds" && Number(value) is >= 0 and <= 3600 and var seconds)
            {
                arguments = arguments with { Seconds = seconds };
            }
            else if (args[0] == "--rate" && Number(value) is >= 0.1 and <= 1000 and var rate)
            {
                arguments = arguments with { Rate = rate };
            }
            else
            {
                return null;
            }
        }

        return args.IsEmpty ? arguments : null;
    }

    private static double Number(string text)
        => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
