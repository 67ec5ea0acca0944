using DeployStack.Data;
using DeployStack.Data.Quickstart;
using DeployStack.Data.Quickstart.Report;
using DeployStack.Data.Quickstart.Settings;
using DeployStack.Data.Settings;
using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

if (Arguments.Parse(args) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Arguments.Usage);
    return 2;
}

var builder = Host.CreateApplicationBuilder();

// warnings of the library go to the error output; Logging__LogLevel__Default=Debug in the environment shows every statement
builder.Logging.ClearProviders()
    .SetMinimumLevel(LogLevel.Warning)
    .AddFilter("DeployStack.Data.Settings", LogLevel.Error) // settings without a value stand in the report
    .AddConsole(static console => console.LogToStandardErrorThreshold = LogLevel.Trace);

var database = arguments.Path is { } path
    ? builder.Services.AddDeployStackSqlite(options => options.Path = path)
    : builder.Services.AddDeployStackSqlite();
database
    .AddMigrations(typeof(Program).Assembly)
    .AddSettings(static settings =>
    {
        foreach (var group in DeployStackSettings.Groups)
        {
            settings.Add(group);
        }
    })
    .AddSettingSecrets();
builder.Services.AddSingleton(static services => new SettingKeys(services.GetRequiredService<ISqliteEngine>().Path))
    .AddOptions<SettingSecretsOptions>().Configure<SettingKeys>(static (options, keys) => options.KeyFile = keys.Path);

builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new Page(Console.Out)).AddSingleton<Tour>();

using var interrupt = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true; // the database is closed in order
    interrupt.Cancel();
};

using var host = builder.Build();
try
{
    var isGood = await host.Services.GetRequiredService<Tour>().RunAsync(arguments, interrupt.Token);
    Console.WriteLine(isGood ? "\nNothing failed." : "\nSomething failed; see above.");
    return isGood ? 0 : 1;
}
catch (Exception error) when (error is DatabaseException or OptionsValidationException) // the message says what to do
{
    await Console.Error.WriteLineAsync($"\n{error.Message}");
    return 1;
}
catch (OperationCanceledException) when (interrupt.IsCancellationRequested) // by Ctrl+C
{
    await Console.Error.WriteLineAsync("\nInterrupted. What was acknowledged is in the database.");
    return 130;
}
