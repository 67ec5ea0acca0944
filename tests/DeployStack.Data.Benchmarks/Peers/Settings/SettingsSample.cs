using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Storage;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>The tables of settings as the store makes them, and the rows that every variant writes.</summary>
internal static class SettingsSample
{
    public const int Groups = 3;
    public const int Settings = 17;
    public const int Many = 100_000;
    public const string ManyGroup = "bulk";

    public const string Claim = """
        UPDATE deploystack_settings_version SET version = version + 1 WHERE id = 1
        """;

    public const string UpsertGroup = """
        INSERT INTO globalSettingGroups (id, name, description, icon, sort_order, created_at, updated_at)
        VALUES (@Id, @Name, @Description, @Icon, @SortOrder, @Now, @Now)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description, icon = excluded.icon, sort_order = excluded.sort_order, updated_at = excluded.updated_at
        """;

    public const string Insert = """
        INSERT INTO globalSettings (key, value, type, description, is_encrypted, group_id, created_at, updated_at)
        VALUES (@Key, @Value, @Type, @Description, @IsEncrypted, @GroupId, @CreatedAt, @UpdatedAt)
        """;

    /// <summary>Describes the setting anew and leaves its value.</summary>
    public const string UpsertMetadata = $"""
        {Insert}
        ON CONFLICT (key) DO UPDATE SET type = excluded.type, description = excluded.description, is_encrypted = excluded.is_encrypted, group_id = excluded.group_id, updated_at = excluded.updated_at
        """;

    /// <summary>Changes the value and leaves what describes it.</summary>
    public const string UpsertValue = $"""
        {Insert}
        ON CONFLICT (key) DO UPDATE SET value = excluded.value, is_encrypted = excluded.is_encrypted, updated_at = excluded.updated_at
        """;

    public const string InsertHistory = """
        INSERT INTO deploystack_setting_history (batch, part, at, changes) VALUES (@Batch, @Part, @At, @Changes)
        """;

    /// <summary>Deletes what a turn has written.</summary>
    public const string Empty = "DELETE FROM globalSettings; DELETE FROM globalSettingGroups; DELETE FROM deploystack_setting_history;";

    public const string EmptyHistory = "DELETE FROM deploystack_setting_history;";

    private static readonly string[] _names = ["what people read about it, edition 0", "what people read about it, edition 1"];

    public static string StartKey(int number) => $"start.{number % Groups}.setting.{number:00}";

    public static string ManyKey(int number) => $"{ManyGroup}.setting.{number:00000000}";

    /// <summary>Three groups and seventeen settings; names and descriptions differ from edition to edition.</summary>
    public static SettingsBuilder DeclareStart(int edition)
    {
        var builder = new SettingsBuilder();
        for (var i = 0; i < Groups; i++)
        {
            builder.Add(new SettingGroup($"start.{i}", NameOf(edition))
            {
                Description = "a group of settings",
                Icon = "mail",
                SortOrder = i,
                Settings = [.. Enumerable.Range(0, Settings).Where(number => number % Groups == i).Select(number => new Setting<string>(StartKey(number), SampleData.ValueOf(0)) { Description = NameOf(edition) })],
            });
        }

        return builder;
    }

    /// <summary>One group of very many settings.</summary>
    public static SettingsBuilder DeclareMany(int count)
        => new SettingsBuilder().Add(new SettingGroup(ManyGroup, "Many") { Description = "a group of settings", Icon = "mail", Settings = [.. Enumerable.Range(0, count).Select(static i => new Setting<string>(ManyKey(i)) { Description = NameOf(0) })] });

    public static StoredGroupItem[] StartGroups() => [.. Enumerable.Range(0, Groups).Select(static i => new StoredGroupItem { Id = $"start.{i}", Description = "a group of settings", Icon = "mail", SortOrder = i, Now = 1_700_000_000 })];

    public static StoredSettingItem[] StartSettings()
        => [.. Enumerable.Range(0, Settings).Select(static i => new StoredSettingItem { Key = StartKey(i), Value = SampleData.ValueOf(0), GroupId = $"start.{i % Groups}", CreatedAt = 1_700_000_000 })];

    public static StoredGroupItem[] ManyGroups() => [new() { Id = ManyGroup, Name = "Many", Description = "a group of settings", Icon = "mail", Now = 1_700_000_000 }];

    public static StoredSettingItem[] ManySettings(int count)
        => [.. Enumerable.Range(0, count).Select(static i => new StoredSettingItem { Key = ManyKey(i), Value = SampleData.ValueOf(i), Description = NameOf(0), GroupId = ManyGroup, CreatedAt = 1_700_000_000, UpdatedAt = 1_700_000_000 })];

    public static string NameOf(long edition) => _names[edition & 1];

    /// <summary>A file of its own with the store's tables, triggers and companions.</summary>
    /// <param name="workspace">Holds it.</param>
    /// <param name="name">The file name without its ending.</param>
    /// <param name="declared">What is in the tables.</param>
    public static string NewDatabase(Workspace workspace, string name, SettingsBuilder declared)
    {
        var template = workspace.PathOf("template.db");
        if (!File.Exists(template))
        {
            using var ours = new OurSettings(template, isFull: false, declared);
            ours.Checkpoint();
        }

        var path = workspace.PathOf(name + ".db");
        File.Copy(template, path);
        return path;
    }

    /// <summary>A file of its own with DeployStack's two tables alone.</summary>
    public static string NewBareDatabase(Workspace workspace, string name)
    {
        var path = workspace.PathOf(name + ".db");
        using var loop = new BareLoop(path, isFull: false);
        loop.Execute(SettingsSchema.CreateTables);
        loop.Checkpoint();
        return path;
    }
}
