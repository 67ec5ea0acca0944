using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/plugins.md.</summary>
public static class PluginSnippets
{
    // snippet: plugins-declare
    public static class Example
    {
        public const string Id = "example-plugin";

        public static readonly Setting<int> Interval = new("example-plugin.interval", 60) { Description = "Minutes between two runs" };
        public static readonly SettingGroup Group = new(Id, "Example Plugin") { Settings = [Interval] };

        public static readonly MigrationSource Migrations = MigrationSource.FromScripts(new Dictionary<string, string>
        {
            ["0001_entities.sql"] = """
                CREATE TABLE "example-plugin_entities" (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL CHECK (length(name) <= 200),
                    created_at INTEGER NOT NULL DEFAULT (unixepoch())
                );
                CREATE UNIQUE INDEX "example-plugin_entities_name" ON "example-plugin_entities"(name);
                """,
        });
    }
    // end snippet

    public static void Register(IServiceCollection services)
    {
        // snippet: plugins-register
        services.AddDeployStackSqlite()
            .AddMigrations(typeof(PluginSnippets).Assembly)
            .AddPlugin(Example.Id, plugin => plugin
                .AddMigrations(Example.Migrations) // or a folder, or the plugin's assembly
                .AddSettings(Example.Group)
                .OnInitialize(static (own, cancellationToken) => own.ExecuteBatchAsync(
                    [new SqlStatement("""INSERT INTO "example-plugin_entities" (name) VALUES ('first') ON CONFLICT DO NOTHING""")],
                    cancellationToken: cancellationToken)))
            .MigrateOnStartup(); // migrations, settings, then plugins
        // end snippet
    }

    public static async Task ApplyAsync(IPluginManager plugins, CancellationToken cancellationToken)
    {
        // snippet: plugins-apply
        foreach (PluginResult result in await plugins.ApplyAsync(cancellationToken)) // without MigrateOnStartup
        {
            Console.WriteLine($"{result.Id}: {result.Applied.Count} migrations applied, initialised now: {result.IsInitialized}");
        }

        foreach (PluginStatus plugin in await plugins.ListAsync(cancellationToken))
        {
            Console.WriteLine($"{plugin.Id}: {plugin.State}, {plugin.Tables.Count} tables");
        }
        // end snippet
    }

    public static async Task UseAsync(IPluginManager plugins)
    {
        // snippet: plugins-use
        IDeployStackDatabase own = plugins.GetDatabase(Example.Id); // what the plugin is given
        await own.WriteAsync(s => s.ExecuteAsync("INSERT INTO \"example-plugin_entities\" (name) VALUES (@name)", new { name = "second" }));
        long count = await own.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_entities\"");

        ISettingsStore settings = plugins.GetSettings(Example.Id);
        int minutes = await settings.GetAsync(Example.Interval);
        Console.WriteLine($"{count} entities, every {minutes} minutes");
        // end snippet
    }

    public static async Task UninstallAsync(IPluginManager plugins)
    {
        // snippet: plugins-uninstall
        PluginUninstallResult result = await plugins.UninstallAsync(Example.Id, new() { ExportFile = "example-plugin.sql" });
        Console.WriteLine($"{result.Rows} rows of {result.Tables.Count} tables are in the file, and no longer in the database");
        // end snippet
    }

    public static async Task<bool> TryAsync(IPluginManager plugins, string sql)
    {
        // snippet: plugins-errors
        try
        {
            await plugins.GetDatabase(Example.Id).WriteAsync(s => s.ExecuteAsync(sql));
            return true;
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.NotAuthorized)
        {
            Console.WriteLine(error.Message); // The plugin 'example-plugin' may not read 'teams.name'; …
            return false;
        }
        // end snippet
    }
}
