namespace DeployStack.Data.Settings;

/// <summary>What an import did, or would do.</summary>
/// <param name="BatchId">What the history knows it by, for <see cref="ISettingsStore.UndoAsync"/>; <see langword="null"/> where
/// nothing was written.</param>
/// <param name="ExportedAt">When the file was made, in UTC.</param>
/// <param name="Created">The keys of settings that the database did not have, in order.</param>
/// <param name="Changed">The keys of settings whose value differed, in order.</param>
/// <param name="Unchanged">How many settings were already what the file says.</param>
/// <param name="Unknown">The keys that were left out because nobody declares them and the database does not have them.</param>
/// <param name="SecretsSkipped">The keys of secrets with a value, in the file or here, that were left as they are: there was
/// no pass phrase, or the file does not have the value.</param>
public sealed record SettingsImportResult(
    long? BatchId,
    DateTimeOffset ExportedAt,
    IReadOnlyList<string> Created,
    IReadOnlyList<string> Changed,
    int Unchanged,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> SecretsSkipped);
