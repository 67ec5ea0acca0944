using System.Text;
using DeployStack.Data.Migrations.Rebuild;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Migrations.Scripts;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Bundle;

/// <summary>Writes one migration as the shell executes it: its transaction, and foreign keys switched outside of it. Pure.</summary>
internal static class ShellMigration
{
    // a repeatable script has a row from its last run
    private const string Again = " ON CONFLICT (identity) DO UPDATE SET name = excluded.name, checksum = excluded.checksum, applied_at = excluded.applied_at, script = excluded.script";

    private static readonly DatabaseCapabilities _shell = new()
    {
        SystemName = "sqlite",
        InteractiveTransactions = true,
        SnapshotReads = true,
        MaxParameters = 0,
        ForeignKeysOff = true,
        SqliteSchema = true,
    };

    /// <summary>The text, or why only <see cref="IMigrationRunner.ApplyAsync"/> can run it.</summary>
    /// <exception cref="MigrationException">The shell would read it otherwise than the engine does.</exception>
    public static (string? Text, string? Why) Of(Migration migration)
    {
        if (migration.Code is not null)
        {
            return (null, "is written in C#");
        }

        var batch = MigrationBatch.Of(migration, _shell);
        return batch.Statements.Any(ScriptRebuild.IsOn) ? (null, "rebuilds a table by a plan of the schema as it is then") : (Write(batch, migration), null);
    }

    private static string Write(MigrationBatch batch, Migration migration)
    {
        var text = new StringBuilder(batch.ForeignKeysOff ? "PRAGMA foreign_keys = OFF;\n" : string.Empty).Append("BEGIN IMMEDIATE;\n");
        var sql = batch.ToSql(DateTimeOffset.UnixEpoch);
        foreach (var statement in migration.IsRepeatable ? [sql[0] with { Sql = sql[0].Sql + Again }, .. sql.Skip(1)] : sql)
        {
            if (ShellText.WhyNot(statement.Sql) is { } reason)
            {
                throw new MigrationException($"Migration {migration}: {reason} No script was written. Apply it with ApplyAsync.") { Identity = migration.Identity };
            }

            Append(text, ShellText.WithValues(statement), statement.Expectation, migration);
        }

        return text.Append("COMMIT;\n").Append(batch.ForeignKeysOff ? "PRAGMA foreign_keys = ON;\n" : string.Empty).ToString();
    }

    private static void Append(StringBuilder text, string sql, StatementExpectation? expectation, Migration migration)
    {
        if (expectation is { IsNoRows: true })
        {
            text.Append(Guard($"NOT EXISTS ({AsQuery(sql)})", migration));
            return;
        }

        text.Append(sql).Append("\n;\n"); // a comment may be its last token
        if (expectation is { RowsAffected: { } rows })
        {
            text.Append(Guard($"changes() = {rows}", migration));
        }
    }

    private static string Guard(string condition, Migration migration)
        => ShellGuard.Unless(condition, $"Migration {migration.Identity} failed: a check of it does not hold (rows without their parent, or another number of rows than expected). Nothing of it was kept.");

    // a pragma is no part of a query, but the function of its name is
    private static string AsQuery(string sql)
        => Pragma.Parse(sql) is not { } pragma || !pragma.Is(MigrationPragma.ForeignKeyCheck) ? sql
            : pragma.Value is { } table ? $"SELECT 1 FROM pragma_foreign_key_check({SqlName.Text(table)})"
            : "SELECT 1 FROM pragma_foreign_key_check";
}
