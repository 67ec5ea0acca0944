namespace DeployStack.Data.Plugins;

/// <summary>One plugin in a listing.</summary>
/// <param name="Id">As registered; of one that is not, as stored: in lower case.</param>
/// <param name="State">How it stands in the database.</param>
/// <param name="InstalledAt">When it was installed, in UTC, to the millisecond; <see langword="null"/> before that.</param>
/// <param name="InitializedAt">When its initialisation completed; <see langword="null"/> before that.</param>
/// <param name="Tables">Its tables, in the order of their names; empty where it is not installed.</param>
/// <param name="Pending">The identities of its pending migrations (<c>plugin/example-plugin/0002</c>), in order.</param>
public sealed record PluginStatus(
    string Id,
    PluginState State,
    DateTimeOffset? InstalledAt,
    DateTimeOffset? InitializedAt,
    IReadOnlyList<string> Tables,
    IReadOnlyList<string> Pending);
