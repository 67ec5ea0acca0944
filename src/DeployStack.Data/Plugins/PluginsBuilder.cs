using DeployStack.Data.Provider;

namespace DeployStack.Data.Plugins;

/// <summary>Collects the plugins of one database.</summary>
public sealed class PluginsBuilder
{
    private readonly List<PluginBuilder> _plugins = [];

    /// <summary>The ids in the order of registration.</summary>
    public IReadOnlyList<string> Ids => [.. _plugins.Select(static plugin => plugin.Id)];

    internal IReadOnlyList<PluginBuilder> Plugins => _plugins;

    /// <summary>Known to the provider before it opens: whose a table is follows from the ids.</summary>
    internal PrincipalSet Principals { get; } = new();

    /// <summary>Adds a plugin.</summary>
    /// <param name="id">1 to 64 ASCII letters, digits, <c>-</c> and <c>_</c>, beginning with a letter. It must be new, in any
    /// case; and no id may begin with another one and an underscore, because then a table could belong to both.</param>
    /// <param name="configure">Declares what the plugin has; called at once.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">The id does not fit, is reserved or clashes with another one.</exception>
    /// <exception cref="PluginException">The plugin declares settings that are not its own.</exception>
    public PluginsBuilder Add(string id, Action<PluginBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        PluginId.Check(id, nameof(id));
        if (_plugins.Find(plugin => PluginId.Clash(plugin.Id, id)) is { } other)
        {
            throw new ArgumentException($"The plugin ids '{other.Id}' and '{id}' clash: a table name could belong to both. Give one of them another id.", nameof(id));
        }

        var plugin = new PluginBuilder(id);
        configure(plugin);
        if (plugin.Deadline <= TimeSpan.Zero || plugin.MigrationDeadline <= TimeSpan.Zero)
        {
            throw new ArgumentException($"The deadlines of the plugin '{id}' must be positive.", nameof(configure));
        }

        _plugins.Add(plugin);
        Principals.Add(id);
        return this;
    }
}
