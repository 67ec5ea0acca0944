namespace DeployStack.Data.Settings;

/// <summary>What <see cref="SettingsExchange.ExportAsync"/> writes.</summary>
public sealed class SettingsExportOptions
{
    /// <summary>Ids of groups whose settings are exported, together with those of <see cref="KeyPrefixes"/>. Default empty;
    /// where both are empty everything is exported.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Beginnings of keys, taken literally: <c>smtp.</c> for all that begins so. Default empty.</summary>
    public IReadOnlyList<string> KeyPrefixes { get; init; } = [];

    /// <summary>Leaves out settings without a value. Default <see langword="false"/>.</summary>
    public bool OnlySet { get; init; }

    /// <summary>What the values of secrets are encrypted under, 12 characters or more; nobody can read them without it.
    /// Default <see langword="null"/>: the file has the keys of secrets and not their values.</summary>
    public string? PassPhrase { get; init; }

    /// <summary>Leaves out the values of secrets that cannot be decrypted, where a pass phrase is given, rather than failing.
    /// Default <see langword="false"/>.</summary>
    public bool SkipUnreadableSecrets { get; init; }

    /// <summary>The clock of the time in the file. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
