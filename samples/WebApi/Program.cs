using System.Text.Json.Serialization;
using DeployStack.Data;
using DeployStack.Data.WebApi;
using Microsoft.Extensions.Options;

// Settings as a web API. Nobody is asked who they are: it listens on localhost alone. An application puts authorization
// before these endpoints, and its user into SettingsBatch.Actor.
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.ConfigureKestrel(static options => options.ListenLocalhost(5080));
builder.Configuration.AddDeployStackSettings(); // configuration["smtp:fromname"], live

builder.Services
    .AddDeployStackSqlite(options => options.Path = builder.Configuration["SQLITE_DB_PATH"] ?? "persistent_data/database/webapi.db")
    .AddSettings(static settings => settings.Add(MailSettings.Group))
    .AddSettingSecrets() // DEPLOYSTACK_ENCRYPTION_SECRET; without it smtp.password cannot be stored, and the answer says so
    .BindSettings<SmtpOptions>(MailSettings.Group.Id)
    .MigrateOnStartup();

builder.Services.AddProblemDetails();
builder.Services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));

var app = builder.Build();
app.MapSettings();

// what the part that sends mail sees: changed at once, whoever changes it in whatever process
app.MapGet("/mail", static (IOptionsMonitor<SmtpOptions> monitor, IConfiguration configuration) => new
{
    monitor.CurrentValue.Host,
    monitor.CurrentValue.Port,
    monitor.CurrentValue.Secure,
    monitor.CurrentValue.FromName,
    HasPassword = !string.IsNullOrEmpty(monitor.CurrentValue.Password),
    FromConfiguration = configuration["smtp:fromname"],
});

await app.RunAsync();
