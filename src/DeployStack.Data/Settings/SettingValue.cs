namespace DeployStack.Data.Settings;

/// <summary>One setting in a listing.</summary>
/// <param name="Key">Its key, not shortened.</param>
/// <param name="GroupId">Its group; <see langword="null"/> for none.</param>
/// <param name="Type">The kind of its values.</param>
/// <param name="Value">The stored text, or the declared default where it is not set; always <see langword="null"/> for a secret.</param>
/// <param name="IsSet">Whether a value is stored that is neither empty nor white space.</param>
/// <param name="IsSecret">Whether the declaration or the database says that it is a secret.</param>
/// <param name="Description">The sentence kept in the database.</param>
/// <param name="UpdatedAt">When the row last changed, in UTC, to the second.</param>
public sealed record SettingValue(
    string Key,
    string? GroupId,
    SettingType Type,
    string? Value,
    bool IsSet,
    bool IsSecret,
    string? Description,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The key without what it has in common with its group's id: <c>host</c> for <c>smtp.host</c> in the group
    /// <c>smtp</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Identifies the stored content: it is another one after each change of the value, whoever made it. Opaque;
    /// fit for an HTTP entity tag.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the application declares that it needs a value.</summary>
    public bool IsRequired { get; init; }
}
