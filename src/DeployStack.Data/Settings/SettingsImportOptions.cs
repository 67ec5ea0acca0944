namespace DeployStack.Data.Settings;

/// <summary>How <see cref="SettingsExchange.ImportAsync"/> takes a file over.</summary>
public sealed class SettingsImportOptions
{
    /// <summary>Who does it, for the history. Default <see langword="null"/>.</summary>
    public string? Actor { get; init; }

    /// <summary>Checks everything and tells what would change, and writes nothing. Default <see langword="false"/>.</summary>
    public bool DryRun { get; init; }

    /// <summary>What happens to settings that are neither declared nor in the database. Default
    /// <see cref="UnknownSettings.Refuse"/>.</summary>
    public UnknownSettings UnknownKeys { get; init; }

    /// <summary>Unsets what the export covered, by its groups and prefixes, and the file does not have. Default
    /// <see langword="false"/>: it stays.</summary>
    public bool UnsetMissing { get; init; }

    /// <summary>Refuses the import where a setting that would change is not any more what it was at the export; for a file
    /// that goes back into the database from which it came. Default <see langword="false"/>.</summary>
    public bool ExpectVersions { get; init; }

    /// <summary>The pass phrase of the export. Default <see langword="null"/>: no secret is changed.</summary>
    public string? PassPhrase { get; init; }

    /// <summary>How long a file may be, in bytes; it is held in memory. Default 64 MiB.</summary>
    public int MaxLength { get; init; } = 64 * 1024 * 1024;
}
