using System.Diagnostics;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Closing;

/// <summary>What a database leaves in its process and beside its file, as Linux tells it.</summary>
internal static class Traces
{
    private const int CommLength = 15; // longer thread names are cut by the kernel

    private static readonly string[] _suffixes = ["-wal", "-shm", "-journal"];

    /// <summary>Open handles of the database's files, threads of its name, and the files beside it.</summary>
    public static List<string> Of(string path)
    {
        // A joined thread is over for .NET a moment before the kernel has taken its entry away.
        var until = Stopwatch.GetTimestamp() + (Stopwatch.Frequency * Scale.Slack);
        while (Threads(path).Any() && Stopwatch.GetTimestamp() < until)
        {
            Thread.Yield();
        }

        return [.. Handles(path), .. Threads(path), .. Files(path)];
    }

    public static IEnumerable<string> Handles(string path)
        => OperatingSystem.IsLinux()
            ? Directory.GetFiles("/proc/self/fd").Select(Target).Where(target => target?.StartsWith(path, StringComparison.Ordinal) == true).Select(static target => $"handle of {target}")
            : [];

    public static IEnumerable<string> Threads(string path)
    {
        var name = Path.GetFileName(path) + " ";
        name = name[..Math.Min(name.Length, CommLength)];
        return OperatingSystem.IsLinux()
            ? Directory.GetDirectories("/proc/self/task").Select(Comm).Where(comm => comm?.StartsWith(name, StringComparison.Ordinal) == true).Select(static comm => $"thread {comm}")
            : [];
    }

    private static IEnumerable<string> Files(string path)
        => _suffixes.Where(suffix => File.Exists(path + suffix)).Select(static suffix => $"file {suffix}");

    private static string? Target(string link)
    {
        try
        {
            return File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName;
        }
        catch (IOException) // the handle was closed in the meantime: it is not left over
        {
            return null;
        }
    }

    private static string? Comm(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm"));
        }
        catch (IOException) // the thread has ended in the meantime
        {
            return null;
        }
    }
}
