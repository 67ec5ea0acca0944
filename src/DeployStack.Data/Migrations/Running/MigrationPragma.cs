using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Running;

/// <summary>Which pragmas may stand in a migration: those that ask, and those that a transaction can undo.</summary>
internal static class MigrationPragma
{
    public const string ForeignKeys = "foreign_keys";
    public const string ForeignKeyCheck = "foreign_key_check";

    private static readonly HashSet<string> _allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        ForeignKeys, ForeignKeyCheck, "defer_foreign_keys", "user_version", "application_id", "optimize",
        "integrity_check", "quick_check", "table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
    };

    private static readonly Dictionary<string, string> _reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["journal_mode"] = "it cannot be changed inside a transaction, which every migration is; set it in the options of the database",
        ["synchronous"] = "it cannot be changed inside a transaction, which every migration is, and migrations always commit with FULL",
        ["wal_checkpoint"] = "it cannot run inside a transaction, which every migration is; the engine checkpoints by itself",
        ["auto_vacuum"] = "it does nothing once the file has a table; it takes a VACUUM outside of migrations",
        ["page_size"] = "it does nothing once the file has a table; it takes a VACUUM outside of migrations",
        ["encoding"] = "it does nothing once the file has a table",
        ["writable_schema"] = "a schema that is edited by hand can make the file unreadable; rebuild the table instead",
        ["schema_version"] = "a wrong value damages the database; the engine counts it by itself",
        ["ignore_check_constraints"] = "rows that violate a constraint would stay behind; correct the data instead",
    };

    /// <summary>Why a pragma may not stand in a migration; <see langword="null"/> if it may.</summary>
    public static string? Refusal(Pragma pragma)
        => _allowed.Contains(pragma.Name) ? null
            : $"PRAGMA {pragma.Name} is not allowed: {(_reasons.TryGetValue(pragma.Name, out var reason) ? reason : "it sets up the connection, which other work shares, and leaves nothing in the database; set it in the options of the database")}. Delete the statement.";
}
