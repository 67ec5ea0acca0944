namespace DeployStack.Data.Settings;

/// <summary>Settings that differ from what the watcher saw last.</summary>
/// <param name="Keys">The settings that were created, changed or deleted, in order.</param>
/// <param name="Before">The settings as the watcher saw them last.</param>
/// <param name="After">The settings now.</param>
public sealed record SettingsChange(IReadOnlyList<string> Keys, SettingsSnapshot Before, SettingsSnapshot After);
