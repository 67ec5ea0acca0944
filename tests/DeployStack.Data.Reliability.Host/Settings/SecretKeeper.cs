using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host.Settings;

/// <summary>Works on the secrets of a database from another process.</summary>
/// <param name="path">The database, initialised.</param>
/// <param name="keyFile">The keys.</param>
internal sealed class SecretKeeper(string path, string keyFile)
{
    /// <summary>The last secrets are written while others are rotated.</summary>
    public const int Busy = 20;

    /// <summary>Rotates. Says <c>step settings history</c> after each step, and <c>done settings history unreadable</c>.</summary>
    public async Task<int> RotateAsync()
    {
        await using var services = Database.Register(path);
        var secrets = (ISettingSecrets)Declared.Store(services.GetRequiredService<IDeployStackDatabase>(), keyFile);
        Speech.Say("ready");
        _ = Console.In.ReadLine();
        var result = await secrets.RotateAsync(new Progress());
        Speech.Say($"done {result.Settings} {result.History} {result.Unreadable.Count}");
        return 0;
    }

    /// <summary>Writes the last secrets, one after the other, and says <c>ack key n</c>, until it is killed.</summary>
    public async Task<int> WriteAsync()
    {
        await using var services = Database.Register(path);
        var store = Declared.Store(services.GetRequiredService<IDeployStackDatabase>(), keyFile);
        Speech.Say("ready");
        for (var n = 1; ; n++)
        {
            var setting = Declared.Secrets[^(1 + (n % Busy))];
            await store.SetAsync(setting, ValueOf(setting.Key, n));
            Speech.Say(FormattableString.Invariant($"ack {setting.Key} {n}"));
        }
    }

    /// <summary>What the writer stores.</summary>
    public static string ValueOf(string key, int n) => FormattableString.Invariant($"value {n} of {key}");

    private sealed class Progress : IProgress<SecretRotationResult>
    {
        public void Report(SecretRotationResult value) => Speech.Say($"step {value.Settings} {value.History}");
    }
}
