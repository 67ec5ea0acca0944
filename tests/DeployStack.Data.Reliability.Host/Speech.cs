using System.Text;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Writes whole lines to the standard output at once: what the parent has read has been said, and a kill cuts at
/// most the last line.</summary>
internal static class Speech
{
    private static readonly Lock _gate = new();
    private static readonly Stream _output = Console.OpenStandardOutput();

    public static void Say(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
        {
            _output.Write(bytes);
            _output.Flush();
        }
    }
}
