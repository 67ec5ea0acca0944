namespace DeployStack.Data.Settings;

/// <summary>Settings that belong together, and how they are shown to people.</summary>
/// <example><code>
/// public static readonly SettingGroup Group = new("smtp", "SMTP Mail Settings") { Icon = "mail", SortOrder = 1, Settings = [Host, Port] };
/// </code></example>
public sealed class SettingGroup
{
    /// <summary>Declares a group without settings.</summary>
    /// <param name="id">What it is known by in the database; the rule is that of keys.</param>
    /// <param name="name">The title that people see.</param>
    /// <exception cref="ArgumentException">The id does not fit, or the name is empty.</exception>
    public SettingGroup(string id, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Id = SettingKey.Check(id, nameof(id));
        Name = name;
    }

    /// <summary>What it is known by in the database: 1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public string Id { get; }

    /// <summary>The title that people see.</summary>
    public string Name { get; }

    /// <summary>A sentence for people. Default <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>The name of a picture, for a user interface. Default <see langword="null"/>.</summary>
    public string? Icon { get; init; }

    /// <summary>Its place among the groups, smallest first. Default 0.</summary>
    public int SortOrder { get; init; }

    /// <summary>The settings of the group. Static fields are initialised in the order in which they are written: declare
    /// the settings above the group.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];
}
