namespace DeployStack.Data.Settings;

/// <summary>The declaration of one setting, whatever the type of its values; make a <see cref="Setting{T}"/>.</summary>
public abstract class Setting
{
    private protected Setting(string key, SettingType type, string defaultText)
    {
        Key = SettingKey.Check(key, nameof(key));
        Type = type;
        DefaultText = defaultText;
    }

    /// <summary>What it is known by in the database: 1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public string Key { get; }

    /// <summary>The kind of its values, which follows from their .NET type.</summary>
    public SettingType Type { get; }

    /// <summary>A sentence for people, kept in the database. Default <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the application needs a value; <see cref="ISettingsStore.InitializeAsync"/> lists those that have
    /// none, and refuses nothing. Default <see langword="false"/>.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether its value may be stored encrypted only and is masked everywhere. A secret has no default; what is
    /// a secret in the database stays one. Default <see langword="false"/>.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The text that a new row gets; empty for no value.</summary>
    internal string DefaultText { get; }

    /// <summary>Whether a text of the declared kind is also a value of the declared .NET type.</summary>
    internal abstract bool Accepts(string text);
}
