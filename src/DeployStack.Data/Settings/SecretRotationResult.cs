namespace DeployStack.Data.Settings;

/// <summary>What a rotation has done so far.</summary>
/// <param name="Settings">Settings whose values were encrypted anew.</param>
/// <param name="History">Values of the history that were encrypted anew.</param>
/// <param name="Unreadable">The keys of settings of which a value, present or in the history, could not be decrypted; it is unchanged.</param>
public sealed record SecretRotationResult(int Settings, int History, IReadOnlyList<string> Unreadable);
