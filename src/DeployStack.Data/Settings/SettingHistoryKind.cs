namespace DeployStack.Data.Settings;

/// <summary>What happened to a setting.</summary>
public enum SettingHistoryKind
{
    /// <summary>Its row was created.</summary>
    Created,

    /// <summary>Its value was changed, or taken away.</summary>
    Changed,

    /// <summary>Its row was deleted.</summary>
    Deleted,
}
