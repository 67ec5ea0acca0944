using DeployStack.Data.Settings;

namespace DeployStack.Data.Quickstart.Report;

/// <summary>What became of the settings, group by group, and what they are.</summary>
internal static class SettingsReport
{
    public static void Write(
        Page page, IReadOnlyList<SettingGroup> groups, SettingsResult result, TimeSpan duration, IReadOnlyDictionary<string, SettingValue> values)
    {
        var transaction = result.Created.Count + result.Refreshed.Count > 0 ? "in one transaction" : "nothing to write";
        page.Title($"Settings: {result.Created.Count} created, {result.Skipped.Count} skipped, {transaction}, {Numbers.Milliseconds(duration)}");
        foreach (var group in groups)
        {
            var outcome = result.Groups.Single(each => each.Id == group.Id);
            page.Text($"{group.Name} ({group.Id}): {outcome.Created.Count} created, {outcome.Skipped.Count} skipped");
            page.Table(
                ["", "", ""],
                group.Settings.Select(setting => new[] { $"  {setting.Key}", values[setting.Key].Type.ToString().ToLowerInvariant(), Shown(values[setting.Key]) }));
        }

        page.Text(string.Empty);
        page.Line("required, unset", result.MissingRequired.Count == 0 ? "none" : string.Join(", ", result.MissingRequired));
    }

    private static string Shown(SettingValue setting) => setting switch
    {
        { IsSecret: true, IsSet: true } => "(secret, set)",
        { IsSecret: true } => "(secret, unset)",
        { IsSet: false } => "(unset)",
        _ => setting.Value!,
    };
}
