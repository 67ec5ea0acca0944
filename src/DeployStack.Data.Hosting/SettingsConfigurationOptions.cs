using DeployStack.Data.Settings;

namespace DeployStack.Data.Hosting;

/// <summary>Which settings of which database become configuration, under which keys.</summary>
public sealed class SettingsConfigurationOptions
{
    /// <summary>The name that the database is registered under. Default: empty, the default database.</summary>
    public string Database { get; set; } = string.Empty;

    /// <summary>The section that all settings stand in: <c>Settings</c> gives <c>Settings:smtp:host</c>. Default: empty, each
    /// group is a section of its own.</summary>
    public string Prefix { get; set; } = string.Empty;

    /// <summary>Whether environment variables win over the database. Default <see cref="SettingsPrecedence.Last"/>: the
    /// database wins, so that a change that somebody makes has an effect, as with every source that is added last.</summary>
    public SettingsPrecedence Precedence { get; set; }

    /// <summary>Whether all secrets become configuration, decrypted. Default <see langword="false"/>.</summary>
    /// <remarks>What is in a configuration is in its debug view and readable for every part of the application. Where one
    /// part needs a secret, <c>BindSettings</c> gives it to that part alone.</remarks>
    public bool IncludeSecrets { get; set; }

    /// <summary>The keys of single secrets that become configuration while <see cref="IncludeSecrets"/> is not set. Default
    /// none.</summary>
    public ISet<string> Secrets { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Gives a setting its configuration key, below <see cref="Prefix"/>; <see langword="null"/> from it leaves the
    /// setting out. Default <see langword="null"/>: group, colon, <see cref="SettingValue.Name"/> with colons for dots and
    /// without <c>_</c> and <c>-</c>. It is called at every change, and must give a setting the same key each time.</summary>
    public Func<SettingValue, string?>? MapKey { get; set; }
}
