namespace DeployStack.Data.Settings.Storage;

/// <summary>A row of <c>globalSettings</c>.</summary>
internal sealed record StoredSetting(string Key, string Value, string Type, string? Description, long IsEncrypted, string? GroupId, long UpdatedAt)
{
    /// <summary>Empty and white space count as no value, as DeployStack always had it.</summary>
    public bool IsSet => !string.IsNullOrWhiteSpace(Value);

    /// <summary>Whether the value is ciphertext.</summary>
    public bool IsCiphertext => IsEncrypted != 0 && IsSet;

    // a record would print its value
    public override string ToString() => Key;
}
