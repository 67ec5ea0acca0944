using DeployStack.Data.Settings;
using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/settings.md.</summary>
public static class SettingsSnippets
{
    // snippet: settings-declare
    public static class Smtp
    {
        public static readonly Setting<string> Host = new("smtp.host") { Description = "SMTP server", IsRequired = true };
        public static readonly Setting<int> Port = new("smtp.port", 587) { Description = "SMTP port", IsRequired = true, Validation = SettingValidation.Range(1, 65535) };
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

        SettingsSnapshot now = await settings.GetSnapshotAsync();      // several values of one moment
        Console.WriteLine($"{now.Get(Smtp.Host)}:{now.Get(Smtp.Port)}");
        foreach (SettingValue setting in now.GetGroup(Smtp.Group.Id))  // secrets masked
        {
            Console.WriteLine($"{setting.Key} = {(setting.IsSecret ? "***" : setting.Value)}");
        }
        // end snippet
        Console.WriteLine($"{port} {other} {canSend}");
    }

    public static async Task WriteAsync(ISettingsStore settings, string user)
    {
        // snippet: settings-batch
        SettingsWriteResult written = await settings.WriteAsync(new SettingsBatch { Actor = user, Reason = "new mail server" }
            .Set(Smtp.Host, "mail.example.com")
            .Set(Smtp.Port, 465)
            .Unset("smtp.username")
            .Delete("smtp.legacy_flag"));
        Console.WriteLine($"changed: {string.Join(", ", written.Changed)}; {written.Unchanged} were so already");
        // end snippet
    }

    public static async Task IncrementAsync(ISettingsStore settings)
    {
        // snippet: settings-versions
        SettingValue shown = (await settings.GetSnapshotAsync()).Describe("smtp.port")!; // shown to a person, who takes a while
        try
        {
            await settings.WriteAsync(new SettingsBatch().Set(Smtp.Port, 465, expectedVersion: shown.Version));
        }
        catch (SettingException error) when (error.Kind == DatabaseErrorKind.ExpectationFailed)
        {
            Console.WriteLine(error.Message); // somebody else changed it meanwhile: show it again
        }
        // end snippet
    }

    public static async Task UndoAsync(ISettingsStore settings, string user)
    {
        // snippet: settings-history
        foreach (SettingsHistoryEntry batch in await settings.GetHistoryAsync(new() { Key = "smtp.port", Limit = 10 }))
        {
            Console.WriteLine($"{batch.At:u} {batch.Actor}: {batch.Changes[0].OldValue} → {batch.Changes[0].NewValue}");
        }

        long last = (await settings.GetHistoryAsync())[0].BatchId;
        await settings.UndoAsync(last, actor: user); // as a new batch; refused where a setting was changed since
        // end snippet
    }

    public static async Task WatchAsync(ISettingsStore settings, CancellationToken stopping)
    {
        // snippet: settings-watch
        using var registration = ChangeToken.OnChange(
            () => settings.GetChangeToken(SettingFilter.Key("smtp.port")),
            () => Console.WriteLine("the port is another one"));

        await foreach (SettingsChange change in settings.WatchAsync(SettingFilter.Group("smtp"), stopping))
        {
            Console.WriteLine($"{string.Join(", ", change.Keys)}: the port was {change.Before.Get(Smtp.Port)} and is {change.After.Get(Smtp.Port)}");
        }
        // end snippet
    }

    // snippet: settings-types
    public static class Limits
    {
        public static readonly Setting<Uri> Callback = new("limits.callback", new Uri("https://example.com/hook"));
        public static readonly Setting<Uri> Broker = Setting.Url("limits.broker", ["amqp", "amqps"]);
        public static readonly Setting<string> Contact = Setting.Email("limits.contact");
        public static readonly Setting<DayOfWeek> ResetDay = new("limits.reset_day", DayOfWeek.Monday);
        public static readonly Setting<TimeOnly> ResetTime = new("limits.reset_time", new TimeOnly(3, 0));
        public static readonly Setting<TimeSpan> Timeout = new("limits.timeout", TimeSpan.FromSeconds(30));
        public static readonly Setting<IReadOnlyList<string>> Hosts = new("limits.hosts", ["a.example.com", "b.example.com"]);
        public static readonly Setting<IReadOnlyList<DayOfWeek>> OpenOn = Setting.List("limits.open_on", DayOfWeek.Monday, DayOfWeek.Friday);
        public static readonly Setting<Quota> PerTeam = Setting.Json("limits.per_team", new Quota(10, 3));
    }

    public sealed record Quota(int Servers, int Members);
    // end snippet

    // snippet: settings-validation
    public static class Rules
    {
        public static readonly Setting<TimeSpan> Timeout = new("rules.timeout") { Validation = SettingValidation.Range(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)) };
        public static readonly Setting<int?> Retries = new("rules.retries") { Validation = SettingValidation.AtMost(10).OrNull() };
        public static readonly Setting<string> Code = new("rules.code") { Validation = SettingValidation.Length(4, 12).And(SettingValidation.Pattern("[A-Z0-9]+")) };
        public static readonly Setting<string> Color = new("rules.color", "red") { Validation = SettingValidation.OneOf("red", "blue") };
        public static readonly Setting<int> Workers = new("rules.workers", 2) { Validation = SettingValidation.Must<int>(static value => value % 2 == 0 ? null : "must be even") };
        public static readonly Setting<IReadOnlyList<int>> Ports = new("rules.ports", [80])
        {
            Validation = SettingValidation.Count<int>(1, 8).And(SettingValidation.Each(SettingValidation.Range(1, 65535))),
        };
    }
    // end snippet

    public static async Task RotateAsync(ISettingSecrets secrets, ISqliteEngine engine)
    {
        // snippet: settings-rotate
        SecretRotationResult rotated = await secrets.RotateAsync(); // after SettingKeyFile.AddKey; may be stopped and called again
        SettingSecretsStatus status = await secrets.GetStatusAsync();
        Console.WriteLine($"{rotated.Settings} secrets under {status.CurrentKeyId}, {rotated.History} in the history, unreadable: {string.Join(", ", rotated.Unreadable)}");
        await engine.VacuumAsync(); // once, where secrets had stood there as plain text
        // end snippet
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
            foreach (SettingError each in error.Errors) // of a batch, everything that is wrong
            {
                Console.WriteLine($"{each.Key}: {each.Message}"); // names the key and the way out, never the value
            }

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
