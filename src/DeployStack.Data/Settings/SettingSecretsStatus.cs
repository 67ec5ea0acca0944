namespace DeployStack.Data.Settings;

/// <summary>How the secrets of a database stand.</summary>
/// <param name="CurrentKeyId">The key that new values are encrypted under; <see langword="null"/> for none.</param>
/// <param name="Keys">How many values stand under which key, the history included.</param>
/// <param name="Foreign">Values in a format of others, as DeployStack's own.</param>
/// <param name="PlainText">The keys of settings that are declared as secrets and stand in the database as plain text.</param>
/// <param name="Unreadable">The keys of settings whose present value cannot be decrypted.</param>
public sealed record SettingSecretsStatus(string? CurrentKeyId, IReadOnlyDictionary<string, int> Keys, int Foreign, IReadOnlyList<string> PlainText, IReadOnlyList<string> Unreadable);
