namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>The errors of a rebuild that is not even tried.</summary>
internal static class RebuildRefusal
{
    /// <param name="table">The table.</param>
    /// <param name="reason">A sentence, with the way out.</param>
    public static MigrationException Of(string table, string reason)
        => new($"The table {table} cannot be rebuilt: {reason} Nothing was changed.") { Table = table };

    /// <param name="reason">A sentence, with the way round.</param>
    public static DatabaseException NotSupported(string reason)
        => new(DatabaseErrorKind.NotSupported, $"{reason} Nothing was changed.");
}
