using DeployStack.Data.Migrations;
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
                Console.WriteLine($"  {table.Table}: {table.Before} → {table.After} rows");
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
