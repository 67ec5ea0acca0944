namespace DeployStack.Data.Settings.Storage;

/// <summary>The statements on the tables of settings. Times are seconds of Unix time, in the history milliseconds.</summary>
internal static class SettingsSql
{
    public const string SelectVersion = """
        SELECT "version" AS "number", "stamp" FROM "deploystack_settings_version" WHERE "id" = 1
        """;

    /// <summary>Groups and settings by one statement.</summary>
    public const string SelectTables = """
        SELECT 1 AS "kind", "id" AS "key", "name" AS "value", "icon" AS "type", "description" AS "description", CAST("sort_order" AS INTEGER) AS "number", NULL AS "group_id", 0 AS "at" FROM "globalSettingGroups"
        UNION ALL
        SELECT 2, "key", "value", "type", "description", CASE WHEN "is_encrypted" IS NULL OR CAST("is_encrypted" AS TEXT) IN ('0', 'false', '') THEN 0 ELSE 1 END, "group_id", CAST("updated_at" AS INTEGER) FROM "globalSettings"
        """;

    /// <summary>Version, groups and settings by one statement, which sees one state on every engine.</summary>
    public const string SelectAll = $"""
        {SelectTables}
        UNION ALL
        SELECT 0, '', '', '', NULL, "version", NULL, "stamp" FROM "deploystack_settings_version"
        """;

    /// <summary>The first statement of every write: it fails where the tables are not what the write was planned on.</summary>
    public const string ClaimVersion = """
        UPDATE "deploystack_settings_version" SET "version" = "version" + 1 WHERE "id" = 1 AND "version" = @version AND "stamp" = @stamp
        """;

    /// <summary>The last statement of every write. Where triggers are missing, two writes could otherwise lead to one version;
    /// and the writer has to know the stamp.</summary>
    public const string SettleVersion = """
        UPDATE "deploystack_settings_version" SET "version" = @version, "stamp" = @stamp WHERE "id" = 1 AND "version" <= @version
        """;

    public const string UpdateGroup = """
        UPDATE "globalSettingGroups"
        SET "name" = @name, "description" = @description, "icon" = @icon, "sort_order" = @sortOrder, "updated_at" = @now
        WHERE "id" = @id
        """;

    public const string UpdateMetadata = """
        UPDATE "globalSettings"
        SET "type" = @type, "description" = @description, "group_id" = @groupId, "is_encrypted" = @isEncrypted, "updated_at" = @now
        WHERE "key" = @key
        """;

    public const string UpdateValue = """
        UPDATE "globalSettings" SET "value" = @value, "is_encrypted" = @isEncrypted, "updated_at" = @now WHERE "key" = @key
        """;

    public const string DeleteSetting = """
        DELETE FROM "globalSettings" WHERE "key" = @key
        """;

    public const string InsertKey = """
        INSERT INTO "deploystack_setting_keys" ("id", "created_at") VALUES (@id, @now) ON CONFLICT ("id") DO NOTHING
        """;

    public const string SelectHistory = """
        SELECT "batch", "part", "at", "actor", "reason", "changes" FROM "deploystack_setting_history"
        """;

    public const string PruneHistory = """
        DELETE FROM "deploystack_setting_history" WHERE "at" < @before
        """;

    public const string UpdateHistory = """
        UPDATE "deploystack_setting_history" SET "changes" = @changes WHERE "batch" = @batch AND "part" = @part AND "changes" = @before
        """;

    public static readonly InsertText InsertGroup = new(
        """
        INSERT INTO "globalSettingGroups" ("id", "name", "description", "icon", "sort_order", "created_at", "updated_at") VALUES
        """,
        ["id", "name", "description", "icon", "sortOrder", "now", "now"]);

    public static readonly InsertText InsertSetting = new(
        """
        INSERT INTO "globalSettings" ("key", "value", "type", "description", "is_encrypted", "group_id", "created_at", "updated_at") VALUES
        """,
        ["key", "value", "type", "description", "isEncrypted", "groupId", "now", "now"]);

    public static readonly InsertText InsertHistory = new(
        """
        INSERT INTO "deploystack_setting_history" ("batch", "part", "at", "actor", "reason", "changes") VALUES
        """,
        ["batch", "part", "at", "actor", "reason", "changes"]);
}
