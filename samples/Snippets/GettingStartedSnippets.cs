using DeployStack.Data.Migrations;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/getting-started.md.</summary>
public static class GettingStartedSnippets
{
    public static async Task RunAsync()
    {
        // snippet: getting-started-program
        var services = new ServiceCollection();
        services.AddDeployStackSqlite()                          // persistent_data/database/deploystack.db, or SQLITE_DB_PATH
            .AddMigrations(typeof(Mail).Assembly)                // embedded Migrations/NNNN_name.sql
            .AddSettings(settings => settings.Add(Mail.Group));

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IMigrationRunner>().ApplyAsync();
        var settings = provider.GetRequiredService<ISettingsStore>();
        await settings.InitializeAsync();                        // creates what is missing, keeps every value

        var database = provider.GetRequiredService<IDeployStackDatabase>();
        await database.ExecuteAsync("UPDATE teams SET name = @name WHERE slug = @slug", new { name = "Platform", slug = "platform" });
        var teams = await database.QueryAsync<(string Name, string Slug)>("SELECT name, slug FROM teams ORDER BY name");
        int port = await settings.GetAsync(Mail.Port);
        // end snippet
        Console.WriteLine($"{teams.Count} teams, port {port}");
    }

    // snippet: getting-started-settings
    public static class Mail
    {
        public static readonly Setting<string> Host = new("smtp.host") { IsRequired = true };
        public static readonly Setting<int> Port = new("smtp.port", 587);
        public static readonly Setting<string> Password = new("smtp.password") { IsSecret = true };

        public static readonly SettingGroup Group = new("smtp", "SMTP Mail Settings") { Settings = [Host, Port, Password] };
    }
    // end snippet
}
