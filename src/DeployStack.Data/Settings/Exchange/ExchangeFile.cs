namespace DeployStack.Data.Settings.Exchange;

/// <summary>A file that was read and is as the format wants it.</summary>
/// <param name="ExportedAt">When it was made.</param>
/// <param name="Scope">What it covers.</param>
/// <param name="Secrets">How its secrets are encrypted; <see langword="null"/> where their values are not in it.</param>
/// <param name="Settings">Its settings, each key once.</param>
internal sealed record ExchangeFile(DateTimeOffset ExportedAt, ExchangeScope Scope, ExchangeSecrets? Secrets, IReadOnlyList<ExchangeSetting> Settings);
