using System.Text;
using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Bundle;

/// <summary>Writes migrations as one script for the sqlite3 shell (https://www.sqlite.org/cli.html).</summary>
/// <remarks>SQL has no IF around DDL, and the shell has none at all. So each migration is a query whose answer is either
/// nothing or the text of the migration; <c>.once</c> puts the answer into a file and <c>.read</c> executes it. Whatever goes
/// wrong in between, a second look at the history before the next migration ends the shell with an error.</remarks>
internal sealed class MigrationBundle(IDeployStackDatabase database, MigrationOptions options, MigrationReader reader)
{
    /// <summary>The file that the shell writes and reads, in its current folder.</summary>
    public const string AnswerFile = "deploystack-migration.tmp.sql";

    // what no shell setting of the user may change; the answer has to come out as it is
    private const string Settings = """
        .bail on
        .echo off
        .changes off
        .eqp off
        .explain off
        .headers off
        .stats off
        .timer off
        .nullvalue ''
        .mode list
        .timeout 10000
        PRAGMA foreign_keys = ON;
        PRAGMA synchronous = FULL;
        """;

    /// <exception cref="DatabaseException">The engine is not one that the shell opens.</exception>
    public async Task<string> ToScriptAsync(CancellationToken cancellationToken)
        => database.Capabilities.SqliteSchema
            ? Write(await reader.LoadAsync(cancellationToken).ConfigureAwait(false))
            : throw new DatabaseException(DatabaseErrorKind.NotSupported, $"The script is for the sqlite3 shell, and the engine is '{database.Capabilities.SystemName}'; none was written. Run ApplyAsync.");

    private string Write(MigrationSet set)
    {
        // a migration that the shell would read wrong is found before anything is written
        var texts = set.Migrations.Select(ShellMigration.Of).ToList();
        var script = new StringBuilder($"-- Brings a database to {(set.Newest is { } newest ? $"migration {newest}" : "its first state")}: sqlite3 app.db < this file\n")
            .Append(Settings).Append('\n')
            .Append(MigrationHistory.Create).Append(";\n")
            .Append(ShellGuard.Create)
            .Append(ShellChecks.Of(set, options));
        foreach (var (migration, (text, why)) in set.Migrations.Zip(texts))
        {
            script.Append($"\n-- {migration.Identity} {migration.Name}\n");
            var isApplied = ShellChecks.IsApplied(migration);
            if (text is null)
            {
                script.Append("BEGIN;\n")
                    .Append(ShellGuard.Unless(isApplied, $"Migration {migration.Identity} {why}, which the shell cannot do. Those before it are applied. Run ApplyAsync."))
                    .Append("COMMIT;\n");
                continue;
            }

            script.Append($".once '{AnswerFile}'\n")
                .Append($"SELECT CASE WHEN {isApplied} THEN '' ELSE {SqlName.Text(text)} END;\n")
                .Append($".read '{AnswerFile}'\n")
                .Append("BEGIN;\n") // fails where a transaction was left open
                .Append(ShellGuard.Unless(isApplied, $"Migration {migration.Identity} did not run: {AnswerFile} was changed by something else. Nothing of it was kept. Run the script again, in a folder of its own."))
                .Append("COMMIT;\n");
        }

        return script.Append($"\n.once '{AnswerFile}'\nSELECT '';\n").ToString();
    }
}
