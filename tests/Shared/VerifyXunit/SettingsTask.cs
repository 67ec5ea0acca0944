using System.Runtime.CompilerServices;

namespace VerifyXunit;

/// <summary>A comparison that starts when it is awaited; until then its file name can be shaped.</summary>
internal sealed class SettingsTask(Func<SettingsTask, Task> compare)
{
    private Task? _task;

    internal object?[] Parameters { get; private set; } = [];

    internal string? Directory { get; private set; }

    internal string? MethodName { get; private set; }

    public static implicit operator Task(SettingsTask settings) => settings.ToTask();

    public SettingsTask UseParameters(params object?[] parameters)
    {
        Parameters = parameters;
        return this;
    }

    public SettingsTask UseDirectory(string directory)
    {
        Directory = directory;
        return this;
    }

    public SettingsTask UseMethodName(string name)
    {
        MethodName = name;
        return this;
    }

    public Task ToTask() => _task ??= compare(this);

    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();
}
