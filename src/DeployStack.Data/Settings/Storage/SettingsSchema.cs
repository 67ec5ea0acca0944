namespace DeployStack.Data.Settings.Storage;

/// <summary>The tables of settings. The first two and their columns are DeployStack's; what this library adds stands beside them.</summary>
internal static class SettingsSchema
{
    /// <summary>An existing DeployStack database has these tables, and an application's own migrations may create them.</summary>
    public const string CreateTables = """
        CREATE TABLE IF NOT EXISTS "globalSettingGroups" (
            "id" TEXT NOT NULL PRIMARY KEY,
            "name" TEXT NOT NULL,
            "description" TEXT,
            "icon" TEXT,
            "sort_order" INTEGER NOT NULL DEFAULT 0,
            "created_at" INTEGER NOT NULL,
            "updated_at" INTEGER NOT NULL
        );
        CREATE TABLE IF NOT EXISTS "globalSettings" (
            "key" TEXT NOT NULL PRIMARY KEY,
            "value" TEXT NOT NULL,
            "type" TEXT NOT NULL DEFAULT 'string',
            "description" TEXT,
            "is_encrypted" INTEGER NOT NULL DEFAULT 0,
            "group_id" TEXT REFERENCES "globalSettingGroups"("id"),
            "created_at" INTEGER NOT NULL,
            "updated_at" INTEGER NOT NULL
        );
        CREATE INDEX IF NOT EXISTS "globalSettings_group_id" ON "globalSettings"("group_id");
        """;

    /// <summary>The version, the history and the ids of the keys that secrets are encrypted under.</summary>
    public const string CreateCompanions = """
        CREATE TABLE "deploystack_settings_version" (
            "id" INTEGER NOT NULL PRIMARY KEY CHECK ("id" = 1),
            "version" INTEGER NOT NULL,
            "stamp" INTEGER NOT NULL DEFAULT (random())
        );
        INSERT INTO "deploystack_settings_version" ("id", "version") VALUES (1, 1);
        CREATE TABLE "deploystack_setting_history" (
            "batch" INTEGER NOT NULL,
            "part" INTEGER NOT NULL,
            "at" INTEGER NOT NULL,
            "actor" TEXT,
            "reason" TEXT,
            "changes" TEXT NOT NULL,
            PRIMARY KEY ("batch", "part")
        );
        CREATE TABLE "deploystack_setting_keys" (
            "id" TEXT NOT NULL PRIMARY KEY,
            "created_at" INTEGER NOT NULL
        );
        """;

    /// <summary>How many of the triggers are there. With a table that is renamed its triggers go.</summary>
    public const string CountTriggers = """
        SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND (tbl_name, name) IN (VALUES
            ('globalSettings', 'deploystack_settings_inserted'), ('globalSettings', 'deploystack_settings_updated'), ('globalSettings', 'deploystack_settings_deleted'),
            ('globalSettingGroups', 'deploystack_setting_groups_inserted'), ('globalSettingGroups', 'deploystack_setting_groups_updated'), ('globalSettingGroups', 'deploystack_setting_groups_deleted'))
        """;

    /// <summary>What was changed without triggers, others have not seen.</summary>
    public const string RaiseVersion = """
        UPDATE "deploystack_settings_version" SET "version" = "version" + 1, "stamp" = random() WHERE "id" = 1
        """;

    private static readonly (string Table, string Trigger)[] _watched = [("globalSettings", "deploystack_settings"), ("globalSettingGroups", "deploystack_setting_groups")];
    private static readonly (string Event, string Suffix)[] _events = [("INSERT", "inserted"), ("UPDATE", "updated"), ("DELETE", "deleted")];

    /// <summary>Every change of a row raises the version, whoever makes it.</summary>
    public static IReadOnlyList<string> CreateTriggers { get; } =
    [
        .. from watched in _watched
           from each in _events
           select $"""
            CREATE TRIGGER IF NOT EXISTS "{watched.Trigger}_{each.Suffix}" AFTER {each.Event} ON "{watched.Table}"
            BEGIN
                UPDATE "deploystack_settings_version" SET "version" = "version" + 1, "stamp" = random() WHERE "id" = 1;
            END
            """,
    ];

    /// <summary>Those that stand at another table.</summary>
    public static IReadOnlyList<string> DropTriggers { get; } =
    [
        .. from watched in _watched
           from each in _events
           select $"""
            DROP TRIGGER IF EXISTS "{watched.Trigger}_{each.Suffix}"
            """,
    ];
}
