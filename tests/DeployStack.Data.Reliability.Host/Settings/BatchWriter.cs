using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>Writes batches in which all numbers get the next value, and says <c>ack value</c> for each, until it is killed.</summary>
/// <param name="path">The database.</param>
/// <param name="torn">The negative control: writes each batch as two.</param>
internal sealed class BatchWriter(string path, bool torn)
{
    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path);
        var store = Declared.Store(services.GetRequiredService<IDeployStackDatabase>());
        await store.InitializeAsync();
        Speech.Say("ready");
        for (var n = await store.GetAsync(Declared.Numbers[^1]) + 1; ; n++)
        {
            if (torn)
            {
                await WriteHalvesAsync(store, n);
            }
            else
            {
                await store.WriteAsync(Declared.Same(n));
            }

            Speech.Say(FormattableString.Invariant($"ack {n}"));
        }
    }

    private static async Task WriteHalvesAsync(ISettingsStore store, long n)
    {
        foreach (var half in Declared.Numbers.Chunk(Declared.Many / 2))
        {
            var batch = new SettingsBatch(half.Length);
            foreach (var setting in half)
            {
                batch.Set(setting, n);
            }

            await store.WriteAsync(batch);
        }
    }
}
