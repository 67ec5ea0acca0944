using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Plugins;

/// <summary>What a plugin declares.</summary>
public sealed class PluginBuilder
{
    private readonly List<MigrationSource> _migrations = [];
    private readonly List<SettingGroup> _settings = [];

    internal PluginBuilder(string id) => Id = id;

    /// <summary>The id, as it was registered.</summary>
    public string Id { get; }

    /// <summary>The longest that a unit of the plugin may take, the wait for its turn included; default 5 s. A unit's own
    /// deadline can only be shorter.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest that one migration of the plugin may take, the wait for the write lock included; default 2
    /// minutes, <see langword="null"/> for no limit.</summary>
    public TimeSpan? MigrationDeadline { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>What is done with the findings of the lint of the plugin's pending migrations; default
    /// <see cref="LintPolicy.Fail"/>, as for the application's.</summary>
    public LintPolicy Lint { get; set; } = LintPolicy.Fail;

    internal IReadOnlyList<MigrationSource> Migrations => _migrations;

    internal IReadOnlyList<SettingGroup> Settings => _settings;

    internal Func<IDeployStackDatabase, CancellationToken, Task>? Initialize { get; private set; }

    /// <summary>Adds sources of the plugin's migrations: a history of their own, <c>plugin/&lt;id&gt;/NNNN</c>.</summary>
    /// <param name="sources">Folders, assemblies, scripts. Everything that they create is named <c>&lt;id&gt;_…</c>.</param>
    /// <returns>This builder.</returns>
    public PluginBuilder AddMigrations(params MigrationSource[] sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        _migrations.AddRange(sources);
        return this;
    }

    /// <summary>Adds the plugin's groups of settings.</summary>
    /// <param name="groups">The id of a group is the plugin's own or begins with it and a dot; the keys of its settings begin
    /// with it and a dot (<c>example-plugin.interval</c>). So none can be one of the host or of another plugin.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="PluginException">An id or key does not begin so.</exception>
    public PluginBuilder AddSettings(params SettingGroup[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        foreach (var group in groups)
        {
            ArgumentNullException.ThrowIfNull(group, nameof(groups));
            if (!PluginId.OwnsGroup(Id, group.Id))
            {
                throw PluginId.ForeignSetting(Id, "group", group.Id);
            }

            if (group.Settings.FirstOrDefault(setting => setting is not null && !PluginId.OwnsKey(Id, setting.Key)) is { } foreign)
            {
                throw PluginId.ForeignSetting(Id, "key", foreign.Key);
            }

            _settings.Add(group);
        }

        return this;
    }

    /// <summary>Sets what is done once, after the migrations: first rows, for example.</summary>
    /// <param name="initialize">Gets the plugin's own database. It is run until it has completed once, and then never again: a
    /// crash before its completion was recorded runs it again, and so may another process that starts at the same time.
    /// Write it so that this does no harm (<c>INSERT … ON CONFLICT DO NOTHING</c>).</param>
    /// <returns>This builder.</returns>
    public PluginBuilder OnInitialize(Func<IDeployStackDatabase, CancellationToken, Task> initialize)
    {
        ArgumentNullException.ThrowIfNull(initialize);
        Initialize = Initialize is null ? initialize : throw new InvalidOperationException($"The plugin '{Id}' has an initialisation already.");
        return this;
    }
}
