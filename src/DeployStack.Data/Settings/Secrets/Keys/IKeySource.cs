namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Where keys come from. Thread-safe; reads nothing before it is asked.</summary>
internal interface IKeySource
{
    /// <summary>The key for new values; <see langword="null"/> where the source is not set.</summary>
    /// <exception cref="SettingException">It is set and cannot be used.</exception>
    SecretKey? Current();

    /// <summary>A key by its id, current or earlier.</summary>
    /// <exception cref="SettingException">It is set and cannot be used.</exception>
    SecretKey? Find(string id);
}
