namespace DeployStack.Data.Settings;

/// <summary>What an export wrote.</summary>
/// <param name="Count">How many settings are in the file.</param>
/// <param name="SecretsLeftOut">The keys of secrets that have a value which is not in the file: all of them without a pass
/// phrase, with one those that could not be decrypted.</param>
public sealed record SettingsExportResult(int Count, IReadOnlyList<string> SecretsLeftOut);
