using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>Reads a counter and writes it back increased, again and again. Says <c>done acknowledged conflicts</c>.</summary>
/// <param name="path">The database.</param>
/// <param name="counter">Which of the counters.</param>
/// <param name="times">How many increments.</param>
/// <param name="naive">Writes whatever the version is: right where nobody else writes the counter, the negative control where
/// somebody does.</param>
internal sealed class Incrementer(string path, int counter, int times, bool naive)
{
    private readonly Setting<long> _setting = Declared.Counters[counter];

    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path, static options => options.AcquireTimeout = TimeSpan.FromMinutes(2));
        var store = Declared.Store(services.GetRequiredService<IDeployStackDatabase>());
        await store.InitializeAsync();
        Speech.Say("ready");
        _ = Console.In.ReadLine(); // all processes start at the same time
        var (acknowledged, conflicts) = (0, 0);
        while (acknowledged < times)
        {
            var snapshot = await store.GetSnapshotAsync();
            try
            {
                await store.WriteAsync(new SettingsBatch(1).Set(_setting, snapshot.Get(_setting) + 1, naive ? null : snapshot.Describe(_setting.Key)!.Version));
                acknowledged++;
            }
            catch (SettingException conflict) when (conflict.Kind == DatabaseErrorKind.ExpectationFailed) // read again
            {
                conflicts++;
            }
        }

        Speech.Say($"done {acknowledged} {conflicts}");
        return 0;
    }
}
