namespace DeployStack.Data.Settings.Current;

/// <summary>The keys and groups that a part of the application is confined to.</summary>
internal abstract class SettingsScope
{
    public abstract bool HasKey(string key);

    public abstract bool HasGroup(string groupId);

    /// <summary>What is thrown where another key is asked for.</summary>
    public abstract DatabaseException ForeignKey(string key);

    /// <summary>What is thrown where another group is asked for.</summary>
    public abstract DatabaseException ForeignGroup(string groupId);
}
