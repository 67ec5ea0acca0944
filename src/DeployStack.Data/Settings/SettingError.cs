namespace DeployStack.Data.Settings;

/// <summary>What is wrong with one setting of a batch.</summary>
/// <param name="Key">Which one, as the batch named it.</param>
/// <param name="Kind"><see cref="DatabaseErrorKind.InvalidParameter"/> for a value that does not fit,
/// <see cref="DatabaseErrorKind.ExpectationFailed"/> for another version than the expected one,
/// <see cref="DatabaseErrorKind.SecretUnreadable"/> for a secret without a key.</param>
/// <param name="Message">What is wrong and the way out; it never holds the value.</param>
public sealed record SettingError(string Key, DatabaseErrorKind Kind, string Message);
