namespace DeployStack.Data.Settings.Storage;

/// <summary>The parameters of the statements on <c>globalSettingGroups</c>.</summary>
internal sealed class GroupRow : BoundRow
{
    public string Id { get; set; } = string.Empty;

    public string Name { get; set; } = string.Empty;

    public string? Description { get; set; }

    public string? Icon { get; set; }

    public long SortOrder { get; set; }

    public long Now { get; set; }

    public override object? Get(string parameter) => parameter switch
    {
        "id" => Id,
        "name" => Name,
        "description" => Description,
        "icon" => Icon,
        "sortOrder" => SortOrder,
        "now" => Now,
        _ => throw Unknown(parameter),
    };
}
