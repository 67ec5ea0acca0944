using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/settings.md.</summary>
public static class SettingsSnippets
{
    // snippet: settings-declare
    public static class Smtp
    {
        public static readonly Setting<string> Host = new("smtp.host") { Description = "SMTP server", IsRequired = true };
        public static readonly Setting<int> Port = new("smtp.port", 587) { Description = "SMTP port", IsRequired = true };
        public static readonly Setting<bool> Secure = new("smtp.secure", true);
        public static readonly Setting<string> Password = new("smtp.password") { IsSecret = true };

        // below its settings: static fields are initialised in the order in which they are written
        public static readonly SettingGroup Group = new("smtp", "SMTP Mail Settings")
        {
            Icon = "mail",
            SortOrder = 1,
            Settings = [Host, Port, Secure, Password],
        };
    }
    // end snippet

    public static void Register(IServiceCollection services)
    {
        // snippet: settings-register
        services.AddDeployStackSqlite()
            .AddMigrations(typeof(SettingsSnippets).Assembly)
            .AddSettings(settings => settings.Add(Smtp.Group));
        // end snippet
    }

    public static async Task InitializeAsync(ISettingsStore settings)
    {
        // snippet: settings-initialize
        SettingsResult result = await settings.InitializeAsync(); // after IMigrationRunner.ApplyAsync
        foreach (var group in result.Groups)
        {
            Console.WriteLine($"{group.Id}: {group.Created.Count} created, {group.Skipped.Count} skipped");
        }

        Console.WriteLine($"required and without a value: {string.Join(", ", result.MissingRequired)}");
        // end snippet
    }

    public static async Task UseAsync(ISettingsStore settings)
    {
        // snippet: settings-use
        int port = await settings.GetAsync(Smtp.Port);                 // the stored value, or the default
        int? other = await settings.GetAsync<int?>("some.other_key");  // by key; null where nobody knows it
        await settings.SetAsync(Smtp.Port, 465);                       // seen by the next read, in every process
        bool canSend = await settings.IsSetAsync(Smtp.Host.Key);

        foreach (SettingValue setting in await settings.GetGroupAsync(Smtp.Group.Id)) // one query, secrets masked
        {
            Console.WriteLine($"{setting.Key} = {(setting.IsSecret ? "***" : setting.Value)}");
        }
        // end snippet
        Console.WriteLine($"{port} {other} {canSend}");
    }

    public static async Task<bool> TryStoreAsync(ISettingsStore settings, string key, string value)
    {
        // snippet: settings-errors
        try
        {
            await settings.SetAsync(key, value);
            return true;
        }
        catch (SettingException error) when (error.Kind is DatabaseErrorKind.InvalidParameter or DatabaseErrorKind.SecretUnreadable)
        {
            Console.WriteLine($"{error.Key}: {error.Message}"); // names the key and the way out, never the value
            return false;
        }
        // end snippet
    }

    public static async Task ExchangeAsync(ISettingsStore settings, ISettingsStore others, string path, string passPhrase)
    {
        // snippet: settings-export
        await using (var file = File.Create(path))
        {
            await settings.ExportAsync(file, new SettingsExportOptions { Groups = ["smtp"], PassPhrase = passPhrase });
        }

        await using (var file = File.OpenRead(path))
        {
            var would = await others.ImportAsync(file, new SettingsImportOptions { PassPhrase = passPhrase, DryRun = true });
            Console.WriteLine($"would change: {string.Join(", ", would.Changed)}");
        }

        await using (var file = File.OpenRead(path))
        {
            SettingsImportResult result = await others.ImportAsync(file, new SettingsImportOptions { PassPhrase = passPhrase, Actor = "anna" });
            Console.WriteLine($"changed: {string.Join(", ", result.Changed)}; left as they are: {string.Join(", ", result.SecretsSkipped)}");
        }
        // end snippet
    }
}
