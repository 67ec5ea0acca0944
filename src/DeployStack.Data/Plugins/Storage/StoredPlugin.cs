namespace DeployStack.Data.Plugins.Storage;

/// <summary>A row of <c>deploystack_plugins</c>.</summary>
/// <param name="PluginId">In lower case.</param>
/// <param name="InstalledAt">Milliseconds of Unix time.</param>
/// <param name="InitializedAt">The same; <see langword="null"/> until the initialisation has completed.</param>
internal sealed record StoredPlugin(string PluginId, long InstalledAt, long? InitializedAt)
{
    public DateTimeOffset Installed => DateTimeOffset.FromUnixTimeMilliseconds(InstalledAt);

    public DateTimeOffset? Initialized => InitializedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
