using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Lint;
using DeployStack.Data.Migrations.Rehearsal;
using DeployStack.Data.Migrations.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/migrations.md.</summary>
public static class MigrationSnippets
{
    public static void Register(IServiceCollection services)
    {
        // snippet: migrations-register
        services.AddDeployStackSqlite()
            .AddMigrations(typeof(MigrationSnippets).Assembly) // embedded *.sql
            .AddMigrations("plugins/migrations");              // and a folder beside the application: one ordered set
        // end snippet
    }

    public static async Task ApplyAsync(IMigrationRunner migrations, CancellationToken cancellationToken)
    {
        // snippet: migrations-apply
        MigrationStatus status = await migrations.GetStatusAsync(cancellationToken);
        Console.WriteLine($"{status.Applied.Count} applied, {status.Pending.Count} pending, {status.Missing.Count} missing");

        MigrationResult result = await migrations.ApplyAsync(cancellationToken);
        foreach (var migration in result.Applied)
        {
            Console.WriteLine($"{migration.Identity} {migration.Name}: {migration.Duration.TotalMilliseconds:F1} ms");
        }
        // end snippet
    }

    public static async Task<string?> TryApplyAsync(IMigrationRunner migrations)
    {
        // snippet: migrations-errors
        try
        {
            await migrations.ApplyAsync();
            return null;
        }
        catch (MigrationException error)
        {
            return $"{error.Identity}, line {error.Line}, statement {error.Statement}: {error.Message}";
        }
        // end snippet
    }

    public static void Configure(IDeployStackDataBuilder builder)
    {
        // snippet: migrations-options
        builder.AddMigrations(options =>
        {
            options.Sources.Add(MigrationSource.FromAssembly(typeof(MigrationSnippets).Assembly, prefix: "MyApp.Migrations."));
            options.Deadline = TimeSpan.FromMinutes(2); // for one migration, the wait for the write lock included
        });
        // end snippet
    }

    public static async Task LintAsync(IMigrationRunner migrations)
    {
        // snippet: migrations-lint
        LintReport report = await migrations.LintAsync(); // what is pending, with the schema and the rows of this database
        foreach (var finding in report.Findings.Where(finding => finding.IsOpen(LintSeverity.Warning)))
        {
            Console.WriteLine(finding); // Migrations/0012_teams.sql(4,1): DL101 Error: DROP TABLE teams deletes its rows first …
        }
        // end snippet
    }

    public static void LintWithoutDatabase(string folder)
    {
        // snippet: migrations-lint-text
        var scripts = Directory.EnumerateFiles(folder, "*.sql").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        LintReport report = MigrationLint.Check(scripts);
        if (report.Errors.Count + report.Warnings.Count > 0)
        {
            throw new InvalidOperationException(report.ToString());
        }
        // end snippet
    }

    public static void Guard(IDeployStackDataBuilder builder, Func<CancellationToken, Task> backUpAsync)
    {
        // snippet: migrations-policies
        builder.AddMigrations(options =>
        {
            options.LateMigrations = LateMigrationPolicy.Fail;           // default: Apply
            options.MissingMigrations = UnknownMigrationPolicy.Warn;     // default: Fail
            options.SupersededMigrations = UnknownMigrationPolicy.Fail;  // the default
            options.BeforeMigrate = (plan, cancellationToken) => backUpAsync(cancellationToken); // only if something is pending
        });
        // end snippet
    }

    public static async Task RepairAsync(IMigrationRunner migrations)
    {
        // snippet: migrations-repair
        IReadOnlyList<AppliedMigration> marked = await migrations.BaselineAsync("0007");  // 0001 to 0007 count as applied
        MigrationRepairResult repaired = await migrations.RepairAsync();                  // scripts as they are now are the truth
        Console.WriteLine($"{marked.Count} marked, {repaired.Accepted.Count} accepted, {repaired.Removed.Count} removed");
        // end snippet
    }

    public static void TakeOver(IServiceCollection services)
    {
        // snippet: migrations-upstream
        services.AddDeployStackSqlite(options => options.Path = "persistent_data/database/deploystack.db")
            .AddMigrations(options => options.Sources.Add(MigrationSource.FromFolder("drizzle/migrations_sqlite", MigrationNaming.FileName)))
            .AddUpstreamAdoption();
        // end snippet
    }

    public static async Task MigrateForTestAsync(IDeployStackDatabase database)
    {
        // snippet: migrations-without-container
        var runner = MigrationRunnerFactory.Create(database, new MigrationOptions { Sources = { MigrationSource.FromFolder("Migrations") } });
        await runner.ApplyAsync();
        // end snippet
    }

    public static async Task<bool> RehearseAsync(IMigrationRunner migrations, CancellationToken cancellationToken)
    {
        // snippet: migrations-rehearse
        RehearsalReport report = await migrations.RehearseAsync(
            new() { Queries = ["SELECT id FROM members WHERE team_id = @team", "SELECT name FROM teams ORDER BY name"] },
            cancellationToken);
        foreach (var migration in report.Migrations)
        {
            Console.WriteLine($"{migration.Identity} {migration.Name}: {migration.Duration.TotalSeconds:F1} s, {migration.RowsAffected} rows");
            foreach (var table in migration.Rows)
            {
                Console.WriteLine($"  {table.Table}: {table.Before} → {table.After} rows, {table.Affected} affected");
            }

            foreach (var line in migration.Schema.SelectMany(change => change.Lines.Prepend(change.ToString())))
            {
                Console.WriteLine("  " + line);
            }
        }

        foreach (var query in report.Queries.Where(query => query.IsWorse))
        {
            Console.WriteLine($"worse: {query.Sql}\n{query.Before}\n→\n{query.After}");
        }

        Console.WriteLine(report.Failure?.Message ?? $"{report.BytesNeeded:N0} bytes have to be free");
        return report.Passed;
        // end snippet
    }

    public static async Task<bool> ValidateAsync(IMigrationRunner migrations, CancellationToken cancellationToken)
    {
        // snippet: migrations-validate
        MigrationValidation validation = await migrations.ValidateAsync(cancellationToken);
        foreach (var finding in validation.Findings) // modified, missing, pending, drift: all at once
        {
            Console.WriteLine(finding);
        }

        return validation.IsValid;
        // end snippet
    }

    public static async Task WriteScriptAsync(IMigrationRunner migrations, CancellationToken cancellationToken)
    {
        // snippet: migrations-script
        await File.WriteAllTextAsync("migrate.sql", await migrations.ScriptAsync(cancellationToken), cancellationToken);
        // end snippet
    }
}
