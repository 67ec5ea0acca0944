using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Leaks;

/// <summary>The settings of the hunt: secrets of each origin, one that is none, and enough others to move rows between pages.</summary>
internal static class HuntedSettings
{
    public static readonly Setting<string> Password = new("smtp.password") { IsSecret = true, Validation = SettingValidation.Length(1, 400) };
    public static readonly Setting<int> Pin = new("smtp.pin") { IsSecret = true };
    public static readonly Setting<string> AdoptedSame = new("adopted.same") { IsSecret = true };
    public static readonly Setting<string> AdoptedReplaced = new("adopted.replaced") { IsSecret = true };
    public static readonly Setting<string> AdoptedRotated = new("adopted.rotated") { IsSecret = true };
    public static readonly Setting<string> AdoptedDeleted = new("adopted.deleted") { IsSecret = true };
    public static readonly Setting<string> Token = new("late.token") { IsSecret = true };
    public static readonly Setting<string> OpenToken = new("late.token");
    public static readonly Setting<string> Refused = new("open.refused");
    public static readonly Setting<string> Note = new("open.note");
    public static readonly IReadOnlyList<Setting<string>> Others = [.. Enumerable.Range(0, 150).Select(static i => new Setting<string>($"adopted.other{i:000}", new('o', 40)))];

    /// <summary>Before <see cref="Token"/> was called a secret.</summary>
    public static void DeclareBefore(SettingsBuilder settings) => settings
        .Add(new("adopted", "Adopted") { Settings = [AdoptedSame, AdoptedReplaced, AdoptedRotated, AdoptedDeleted] })
        .Add(new("late", "Late") { Settings = [OpenToken] });

    public static void Declare(SettingsBuilder settings) => settings
        .Add(new("smtp", "Mail") { Settings = [Password, Pin] })
        .Add(new("adopted", "Adopted") { Settings = [AdoptedSame, AdoptedReplaced, AdoptedRotated, AdoptedDeleted, .. Others] })
        .Add(new("late", "Late") { Settings = [Token] })
        .Add(new("open", "Open") { Settings = [Refused, Note] });

    /// <summary>The tables as DeployStack leaves them, with secrets in plain text, and a rule that refuses one value.</summary>
    public static IEnumerable<string> Upstream(params IEnumerable<(Setting Setting, Canary Canary)> secrets) =>
    [
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE `globalSettingGroups` (`id` text PRIMARY KEY NOT NULL, `name` text NOT NULL, `description` text, `icon` text, `sort_order` integer DEFAULT 0 NOT NULL, `created_at` integer NOT NULL, `updated_at` integer NOT NULL)",
        "CREATE TABLE `globalSettings` (`key` text PRIMARY KEY NOT NULL, `value` text NOT NULL, `type` text DEFAULT 'string' NOT NULL, `description` text, `is_encrypted` integer DEFAULT false NOT NULL, `group_id` text, `created_at` integer NOT NULL, `updated_at` integer NOT NULL, CHECK (`value` <> 'refused'), FOREIGN KEY (`group_id`) REFERENCES `globalSettingGroups`(`id`))",
        "INSERT INTO `globalSettingGroups` VALUES ('adopted', 'Adopted', NULL, NULL, 0, 1, 1)",
        .. secrets.Select(static secret => $"INSERT INTO `globalSettings` VALUES ('{secret.Setting.Key}', '{secret.Canary.Text}', 'string', NULL, 0, 'adopted', 1, 1)"),
    ];
}
