using System.Diagnostics;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Tests.Opening;

/// <summary>A test that file rights stop; root walks past them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    public UnprivilegedFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no Unix rights"
        : Posix.EffectiveUser == 0 ? "root may read and write everything" : null;
}

/// <summary>A test that needs a file of another user.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute() => Skip = !OperatingSystem.IsLinux() || Posix.EffectiveUser != 0 ? "only root can give a file away" : null;
}

/// <summary>A test of Unix rights or of what only Linux tells.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "the system has no statx";
}

internal static class Shell
{
    /// <summary>Runs a command of the system to its end.</summary>
    public static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments))!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
