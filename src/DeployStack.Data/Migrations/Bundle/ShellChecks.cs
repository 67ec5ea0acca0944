using System.Text;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Bundle;

/// <summary>The rules by which <see cref="IMigrationRunner.ApplyAsync"/> refuses a database, as the shell checks them. Pure.</summary>
internal static class ShellChecks
{
    private const string Expected = "temp.deploystack_expected";

    // other features have streams of their own, and a repeatable script that is gone is no error
    private const string Unknown = $"FROM {MigrationHistory.Table} WHERE identity NOT GLOB '*/*' AND identity NOT GLOB 'R__*' AND identity NOT IN (SELECT identity FROM {Expected})";
    private const string Modified = $"FROM {MigrationHistory.Table} AS h JOIN {Expected} AS e ON h.identity = e.identity WHERE h.checksum <> e.checksum AND h.checksum <> '' AND e.checksum <> '' AND h.identity NOT GLOB 'R__*'";
    private const string Late = $"FROM {Expected} WHERE identity NOT GLOB 'R__*' AND identity NOT IN (SELECT identity FROM {MigrationHistory.Table}) AND CAST(identity AS INTEGER) < (SELECT max(CAST(identity AS INTEGER)) FROM {MigrationHistory.Table} WHERE identity GLOB '[0-9]*' AND identity NOT GLOB '*/*')";

    /// <summary>Whether the history has a migration as it is now.</summary>
    public static string IsApplied(Migration migration)
        => $"EXISTS (SELECT 1 FROM {MigrationHistory.Table} WHERE identity = {SqlName.Text(migration.Identity)}{(migration.IsRepeatable ? $" AND checksum = {SqlName.Text(migration.Checksum)}" : string.Empty)})";

    /// <summary>Statements that name what is wrong and then end the shell.</summary>
    public static string Of(MigrationSet set, MigrationOptions options)
    {
        var script = new StringBuilder("CREATE TEMP TABLE deploystack_expected (identity TEXT, checksum TEXT);\n");
        foreach (var migration in set.Migrations)
        {
            script.Append($"INSERT INTO {Expected} VALUES ({SqlName.Text(migration.Identity)}, {SqlName.Text(migration.Checksum)});\n");
        }

        Refuse(script, Modified, "h.identity", "has another text now", "The script of an applied migration is another one now. Nothing was applied. Restore it, or accept it with RepairAsync where only comments or white space were changed.");
        var newest = $"CAST({SqlName.Text(set.Newest ?? string.Empty)} AS INTEGER)"; // an identity begins with its number
        if (options.SupersededMigrations == UnknownMigrationPolicy.Fail)
        {
            Refuse(script, $"{Unknown} AND CAST(identity AS INTEGER) > {newest}", "identity", "is newer than this script", "The database was migrated by a newer version of the application. Nothing was applied.");
        }

        if (options.MissingMigrations == UnknownMigrationPolicy.Fail)
        {
            Refuse(script, $"{Unknown} AND CAST(identity AS INTEGER) <= {newest}", "identity", "is applied and not in this script", "The database has migrations that this script does not have. Nothing was applied.");
        }

        foreach (var table in options.Adoptions.SelectMany(static each => each.Tables))
        {
            Refuse(script, $"FROM sqlite_schema WHERE name = {SqlName.Text(table)} AND NOT EXISTS (SELECT 1 FROM {MigrationHistory.Table} WHERE identity NOT GLOB '*/*')", "name", "is the history of another tool", "What another tool applied is not taken over yet. Nothing was applied. Run ApplyAsync once, which does.");
        }

        if (options.LateMigrations != LateMigrationPolicy.Apply)
        {
            Refuse(script, Late, "identity", "is not applied although a newer one is", "A late migration is not applied by this script. Nothing was applied.");
        }

        return script.ToString();
    }

    private static void Refuse(StringBuilder script, string rows, string identity, string what, string message)
        => script.Append($"SELECT {identity} || ' {what}' {rows};\n").Append(ShellGuard.Unless($"NOT EXISTS (SELECT 1 {rows})", message));
}
