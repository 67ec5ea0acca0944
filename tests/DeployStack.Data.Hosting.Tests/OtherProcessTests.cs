using System.Diagnostics;
using System.Globalization;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit.Abstractions;

namespace DeployStack.Data.Hosting.Tests;

public sealed class OtherProcessTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Rounds = 5;
    private static readonly TimeSpan _bound = TimeSpan.FromMilliseconds(250) * Scale.Slack;

    private readonly World _world = new();

    [Fact]
    public async Task A_monitor_tells_of_a_change_of_another_process_within_250_ms()
    {
        var host = await StartAsync();
        var monitor = host.Services.GetRequiredService<IOptionsMonitor<MailOptions>>();
        using var told = new Told<MailOptions>(monitor);
        using var process = HostProcess.Start("settings-set", _world.DatabaseFile);
        await process.ExpectAsync("ready");
        var elapsed = new List<TimeSpan>();
        for (var port = 1; port <= Rounds; port++)
        {
            await process.GoOnAsync($"smtp.port {port}");
            var said = await process.ReadLineAsync();
            await told.OnceAsync();
            Assert.Equal(port, monitor.CurrentValue.Port);
            elapsed.Add(Stopwatch.GetElapsedTime(long.Parse(said!["set ".Length..], CultureInfo.InvariantCulture), told.At));
        }

        output.WriteLine(string.Join(", ", elapsed.Select(each => $"{each.TotalMilliseconds:F0} ms")));
        Assert.InRange(elapsed.Min(), TimeSpan.FromSeconds(-1), _bound); // below zero: it was told before the writer had its answer
        Assert.Equal(Rounds, told.Count);
    }

    [Fact]
    public async Task Two_hosts_on_one_file_see_each_others_changes()
    {
        var (one, other) = (await StartAsync(), await StartAsync());
        foreach (var (writer, reader, port) in new[] { (one, other, 25), (other, one, 26) })
        {
            var configuration = reader.Services.GetRequiredService<IConfiguration>();
            using var reloads = new Reloads(configuration);
            await writer.Services.GetRequiredService<ISettingsStore>().SetAsync(Mail.Port, port);
            await reloads.OnceAsync();
            Assert.Equal(port.ToString(CultureInfo.InvariantCulture), configuration["smtp:port"]);
        }
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<IHost> StartAsync()
    {
        var host = _world.BuildSettings(
            static builder => builder.Configuration.AddDeployStackSettings(),
            more: static database => database.AddMail().MigrateOnStartup().BindSettings<MailOptions>("smtp"));
        await host.StartAsync();
        return host;
    }
}
