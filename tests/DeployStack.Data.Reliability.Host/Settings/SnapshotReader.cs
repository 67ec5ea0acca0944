using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>Reads all numbers, again and again, until a line comes in. Says <c>read reads torn backwards last</c>.</summary>
/// <param name="path">The database, initialised.</param>
/// <param name="naive">The negative control: reads half of the numbers from one snapshot and half from the next.</param>
internal sealed class SnapshotReader(string path, bool naive)
{
    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path);
        var store = Declared.Store(services.GetRequiredService<IDeployStackDatabase>());
        await store.GetSnapshotAsync();
        Speech.Say("ready");
        var end = Task.Run(Console.In.ReadLine);
        var (reads, torn, backwards, last) = (0L, 0L, 0L, 0L);
        while (!end.IsCompleted)
        {
            var first = await store.GetSnapshotAsync();
            var n = first.Get(Declared.Numbers[0]);
            torn += await IsWholeAsync(store, first, n) ? 0 : 1;
            backwards += n < last ? 1 : 0;
            last = n;
            reads++;
        }

        Speech.Say(FormattableString.Invariant($"read {reads} {torn} {backwards} {(await store.GetSnapshotAsync()).Get(Declared.Numbers[0])}"));
        return 0;
    }

    private async Task<bool> IsWholeAsync(ISettingsStore store, SettingsSnapshot snapshot, long n)
    {
        for (var i = 0; i < Declared.Many; i++)
        {
            if (naive && i == Declared.Many / 2)
            {
                await Task.Yield();
                snapshot = await store.GetSnapshotAsync();
            }

            if (snapshot.Get(Declared.Numbers[i]) != n)
            {
                return false;
            }
        }

        return true;
    }
}
