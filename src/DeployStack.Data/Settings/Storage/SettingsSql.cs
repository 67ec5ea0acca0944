using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings.Storage;

/// <summary>The statements of the two tables, whose names and columns are DeployStack's.</summary>
/// <remarks>One row per statement, at most 8 parameters: small enough for every engine, and each text is prepared once.
/// Times are seconds of Unix time.</remarks>
internal static class SettingsSql
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

    public const string SelectGroups = """
        SELECT "id", "name", "description", "icon", "sort_order" FROM "globalSettingGroups"
        """;

    public const string SelectSettings = """
        SELECT "key", "value", "type", "description", "is_encrypted", "group_id", "updated_at" FROM "globalSettings"
        """;

    private const string InsertGroup = """
        INSERT INTO "globalSettingGroups" ("id", "name", "description", "icon", "sort_order", "created_at", "updated_at")
        VALUES (@id, @name, @description, @icon, @sortOrder, @now, @now)
        ON CONFLICT ("id") DO NOTHING
        """;

    private const string UpdateGroup = """
        UPDATE "globalSettingGroups"
        SET "name" = @name, "description" = @description, "icon" = @icon, "sort_order" = @sortOrder, "updated_at" = @now
        WHERE "id" = @id
        """;

    private const string InsertSetting = """
        INSERT INTO "globalSettings" ("key", "value", "type", "description", "is_encrypted", "group_id", "created_at", "updated_at")
        VALUES (@key, @value, @type, @description, @isSecret, @groupId, @now, @now)
        ON CONFLICT ("key") DO NOTHING
        """;

    // a secret stays one; one that stands there as plain text keeps its mark, or it would be read as ciphertext
    private const string RefreshSetting = """
        UPDATE "globalSettings"
        SET "type" = @type, "description" = @description, "group_id" = @groupId, "updated_at" = @now,
            "is_encrypted" = CASE WHEN @isSecret <> 0 AND "value" = '' THEN 1 ELSE "is_encrypted" END
        WHERE "key" = @key
        """;

    private const string UpsertSetting = """
        INSERT INTO "globalSettings" ("key", "value", "type", "description", "is_encrypted", "group_id", "created_at", "updated_at")
        VALUES (@key, @value, @type, @description, @isSecret, @groupId, @now, @now)
        ON CONFLICT ("key") DO UPDATE SET "value" = excluded."value", "updated_at" = excluded."updated_at"
        WHERE "globalSettings"."value" <> excluded."value"
        """;

    private const string SelectSecret = """
        SELECT 1 FROM "globalSettings" WHERE "key" = @key AND "is_encrypted" <> 0
        """;

    public static SqlStatement Insert(SettingGroup group, long now) => new(InsertGroup, Parameters(group, now));

    public static SqlStatement Refresh(SettingGroup group, long now) => new(UpdateGroup, Parameters(group, now));

    public static SqlStatement Insert(Setting setting, string groupId, long now) => new(InsertSetting, new
    {
        key = setting.Key,
        value = setting.DefaultText,
        type = SettingCodec.NameOf(setting.Type),
        description = setting.Description,
        isSecret = setting.IsSecret ? 1L : 0L,
        groupId,
        now,
    });

    public static SqlStatement Refresh(Setting setting, string groupId, long now) => new(RefreshSetting, new
    {
        key = setting.Key,
        type = SettingCodec.NameOf(setting.Type),
        description = setting.Description,
        isSecret = setting.IsSecret ? 1L : 0L,
        groupId,
        now,
    });

    public static SqlStatement Upsert(Setting setting, string groupId, string value, long now) => new(UpsertSetting, new
    {
        key = setting.Key,
        value,
        type = SettingCodec.NameOf(setting.Type),
        description = setting.Description,
        isSecret = setting.IsSecret ? 1L : 0L,
        groupId,
        now,
    });

    /// <summary>Fails the batch where the database says that the setting is a secret.</summary>
    public static SqlStatement RefuseSecret(string key) => new(SelectSecret, new { key }) { Expectation = StatementExpectation.NoRows };

    private static object Parameters(SettingGroup group, long now) => new
    {
        id = group.Id,
        name = group.Name,
        description = group.Description,
        icon = group.Icon,
        sortOrder = (long)group.SortOrder,
        now,
    };
}
