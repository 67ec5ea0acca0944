namespace DeployStack.Data.Settings.Storage;

/// <summary>A row of <see cref="SettingsSql.SelectAll"/>: the version (0), a group (1) or a setting (2).</summary>
internal sealed record StoredRow(long Kind, string Key, string Value, string? Type, string? Description, long Number, string? GroupId, long At)
{
    // a record would print its value
    public override string ToString() => Key;
}
