using System.Diagnostics;
using System.Globalization;
using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>Stores the settings that it is given as lines <c>key value</c>, those that the database has. Says <c>set</c> and
/// the timestamp of the commit, on the clock that all processes share.</summary>
/// <param name="path">The database.</param>
internal sealed class SettingWriter(string path)
{
    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path);
        var store = SettingsStoreFactory.Create(services.GetRequiredService<IDeployStackDatabase>(), new());
        await store.GetSnapshotAsync();
        Speech.Say("ready");
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var parts = line.Split(' ', 2);
            await store.WriteAsync(new SettingsBatch().SetText(parts[0], parts[1]));
            Speech.Say($"set {Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture)}");
        }

        return 0;
    }
}
