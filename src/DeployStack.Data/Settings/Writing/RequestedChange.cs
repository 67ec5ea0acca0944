namespace DeployStack.Data.Settings.Writing;

/// <summary>A change as the caller asks for it.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Text">The text to store; <see langword="null"/> where the value has none.</param>
/// <param name="Type">The kind of the value; <see langword="null"/> for text that is to be read as the declared type.</param>
/// <param name="ExpectedVersion">The version that it must have.</param>
internal readonly record struct RequestedChange(string Key, ChangeKind Kind, string? Text, SettingType? Type, string? ExpectedVersion)
{
    // a record would print its value
    public override string ToString() => $"{Kind} {Key}";
}
