namespace DeployStack.Data.Settings.Storage;

/// <summary>The parameters of the statements on <c>globalSettings</c>.</summary>
internal sealed class SettingRow : BoundRow
{
    public string Key { get; set; } = string.Empty;

    public string Value { get; set; } = string.Empty;

    public string Type { get; set; } = string.Empty;

    public string? Description { get; set; }

    public long IsEncrypted { get; set; }

    public string? GroupId { get; set; }

    public long Now { get; set; }

    public override object? Get(string parameter) => parameter switch
    {
        "key" => Key,
        "value" => Value,
        "type" => Type,
        "description" => Description,
        "isEncrypted" => IsEncrypted,
        "groupId" => GroupId,
        "now" => Now,
        _ => throw Unknown(parameter),
    };
}
