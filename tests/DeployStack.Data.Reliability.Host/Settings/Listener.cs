using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>Tells what this process sees of the first counter. Asked by a line it says <c>value n</c>; as a watcher it says
/// <c>saw n</c> for each change.</summary>
/// <param name="path">The database, initialised.</param>
/// <param name="role">What it does.</param>
internal sealed class Listener(string path, string role)
{
    /// <summary>Reads by <c>GetAsync</c> when it is asked.</summary>
    public const string Answer = "answer";

    /// <summary>The negative control: keeps the snapshot of its start.</summary>
    public const string Stale = "stale";

    /// <summary>Speaks by itself.</summary>
    public const string Watch = "watch";

    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path);
        var store = Declared.Store(services.GetRequiredService<IDeployStackDatabase>());
        var start = await store.GetSnapshotAsync();
        if (role == Watch)
        {
            await WatchAsync(store);
            return 0;
        }

        Speech.Say("ready");
        while (Console.In.ReadLine() is not null)
        {
            Speech.Say(FormattableString.Invariant($"value {(role == Stale ? start.Get(Declared.Counters[0]) : await store.GetAsync(Declared.Counters[0]))}"));
        }

        return 0;
    }

    private static async Task WatchAsync(ISettingsStore store)
    {
        await using var changes = store.WatchAsync(SettingFilter.Key(Declared.Counters[0].Key)).GetAsyncEnumerator();
        var next = changes.MoveNextAsync();
        Speech.Say("ready");
        while (await next)
        {
            Speech.Say(FormattableString.Invariant($"saw {changes.Current.After.Get(Declared.Counters[0])}"));
            next = changes.MoveNextAsync();
        }
    }
}
