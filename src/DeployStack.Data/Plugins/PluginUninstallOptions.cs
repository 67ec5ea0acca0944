namespace DeployStack.Data.Plugins;

/// <summary>Where the tables of a plugin go before they are dropped: exactly one place must be given.</summary>
/// <remarks>The export is a SQL script: tables, rows, then indexes, triggers and views. It is complete and written before
/// anything is dropped.</remarks>
public sealed record PluginUninstallOptions
{
    /// <summary>A file that does not exist yet; it is on the device before anything is dropped. Default
    /// <see langword="null"/>. It holds the plugin's data as plain text.</summary>
    public string? ExportFile { get; init; }

    /// <summary>Gets each statement of the script, one call after another, inside the transaction; what it throws keeps
    /// everything as it is. Default <see langword="null"/>.</summary>
    public Func<string, CancellationToken, ValueTask>? Export { get; init; }
}
