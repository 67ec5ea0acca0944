using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>The settings of all these scenarios: 200 numbers that are always written together, some counters, and secrets.</summary>
internal static class Declared
{
    public const int Many = 200;

    public static IReadOnlyList<Setting<long>> Numbers { get; } = [.. Enumerable.Range(0, Many).Select(static i => new Setting<long>($"many.{i:000}", 0))];

    public static IReadOnlyList<Setting<long>> Counters { get; } = [.. Enumerable.Range(0, 4).Select(static i => new Setting<long>($"counter.{i}", 0))];

    public static IReadOnlyList<Setting<string>> Secrets { get; } = [.. Enumerable.Range(0, 600).Select(static i => new Setting<string>($"secret.{i:0000}") { IsSecret = true })];

    /// <summary>A store as an application makes it.</summary>
    /// <param name="database">Where.</param>
    /// <param name="keyFile">The keys of the secrets; without it there are none.</param>
    public static ISettingsStore Store(IDeployStackDatabase database, string? keyFile = null)
    {
        var settings = new SettingsBuilder()
            .Add(new("many", "Written together") { Settings = [.. Numbers] })
            .Add(new("counter", "Counters") { Settings = [.. Counters] })
            .Add(new("secret", "Secrets") { Settings = [.. Secrets] });
        return SettingsStoreFactory.Create(database, settings, protector: SettingProtectorFactory.Create(new() { KeyFile = keyFile, UseEnvironment = false }));
    }

    /// <summary>A batch that gives all numbers the same value.</summary>
    public static SettingsBatch Same(long n)
    {
        var batch = new SettingsBatch(Many);
        foreach (var setting in Numbers)
        {
            batch.Set(setting, n);
        }

        return batch;
    }
}
