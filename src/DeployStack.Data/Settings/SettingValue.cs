namespace DeployStack.Data.Settings;

/// <summary>One setting in a listing.</summary>
/// <param name="Key">Its key, not shortened.</param>
/// <param name="Type">The kind of its values.</param>
/// <param name="Value">The stored text, or the declared default where it is not set; always <see langword="null"/> for a secret.</param>
/// <param name="IsSet">Whether a value is stored that is neither empty nor white space.</param>
/// <param name="IsSecret">Whether the declaration or the database says that it is a secret.</param>
/// <param name="Description">The sentence kept in the database.</param>
/// <param name="UpdatedAt">When the row last changed, in UTC, to the second.</param>
public sealed record SettingValue(
    string Key,
    SettingType Type,
    string? Value,
    bool IsSet,
    bool IsSecret,
    string? Description,
    DateTimeOffset UpdatedAt);
