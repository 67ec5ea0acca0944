using System.ComponentModel.DataAnnotations;
using DeployStack.Data.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/settings.md that needs a host.</summary>
public static class SettingsHostingSnippets
{
    // snippet: settings-options
    public sealed class SmtpOptions
    {
        [Required]
        public string Host { get; set; } = "";   // smtp.host

        public int Port { get; set; }            // smtp.port

        public string? FromName { get; set; }    // smtp.from_name

        public string? Password { get; set; }    // smtp.password, decrypted
    }

    public sealed class Mailer(IOptionsMonitor<SmtpOptions> smtp)
    {
        public string Server => $"{smtp.CurrentValue.Host}:{smtp.CurrentValue.Port}"; // follows the database, in every process
    }
    // end snippet

    public static void Bind(IServiceCollection services)
    {
        // snippet: settings-bind
        services.AddDeployStackSqlite()
            .AddSettings(settings => settings.Add(SettingsSnippets.Smtp.Group))
            .BindSettings<SmtpOptions>("smtp", options => options.ValidateOnStart())
            .MigrateOnStartup();
        // end snippet
    }

    public static void Configure(IHostApplicationBuilder builder)
    {
        // snippet: settings-configuration
        builder.Configuration.AddDeployStackSettings(); // filled by MigrateOnStartup, or by AddSettingsConfiguration

        builder.Services.Configure<SmtpOptions>(builder.Configuration.GetSection("smtp"));
        // end snippet
    }

    public static void ConfigureMore(IHostApplicationBuilder builder)
    {
        // snippet: settings-configuration-options
        builder.Configuration.AddDeployStackSettings(options =>
        {
            options.Database = "audit";                                // a named database
            options.Prefix = "Settings";                               // Settings:smtp:host
            options.Precedence = SettingsPrecedence.BeforeEnvironment; // environment and command line win
            options.Secrets.Add("smtp.password");                      // this one, and no other
            options.MapKey = setting => setting.GroupId == "internal" ? null : setting.Key.Replace('.', ':');
        });
        // end snippet
    }

    public static void BindAheadOfTime(IDeployStackDataBuilder database)
    {
        // snippet: settings-bind-aot
        database.BindSettings<SmtpOptions>("smtp", static (options, section) => section.Bind(options));
        // end snippet
    }
}
