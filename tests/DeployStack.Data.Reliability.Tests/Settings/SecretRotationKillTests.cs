using System.Diagnostics;
using System.Globalization;
using DeployStack.Data.Reliability.Host.Settings;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Reliability.Settings;

/// <summary>A rotation of keys that is killed again and again, while another process writes secrets: in the end nothing
/// stands under the old key, and every secret is what it was.</summary>
public sealed class SecretRotationKillTests
{
    private const string HistoryValues = "SELECT json_extract(each.value, '$.old'), json_extract(each.value, '$.new') FROM deploystack_setting_history, json_each(changes) AS each";

    [Fact]
    public async Task A_rotation_goes_on_where_a_kill_stopped_it()
    {
        using var folder = new ScenarioFolder(onDisk: true);
        using var figures = Summary.Of("kill -9 while rotating keys");
        var random = new Random(Scale.Seed);
        var rounds = Scale.Of(1, atMost: 10);
        var keyFile = Path.Combine(folder.Path, "keys");
        var current = SettingKeyFile.Create(keyFile);
        await FillAsync(folder.Database(), keyFile);
        var halfWay = 0;
        for (var round = 0; round < rounds; round++)
        {
            var old = current;
            current = SettingKeyFile.AddKey(keyFile);
            Assert.NotEmpty(Violations(folder.Database(), old)); // the check notices what stands under a key
            using var writer = HostProcess.Start("settings-secrets", folder.Database(), keyFile);
            await writer.ExpectAsync("ready");
            await writer.ReadLineAsync();
            halfWay += await KillAsync(folder.Database(), keyFile, old, round == 0 ? 2 : random.Next(1, 9), random) ? 1 : 0;
            await FinishAsync(folder.Database(), keyFile);
            writer.Kill();
            await AssertAsync(folder.Database(), keyFile, old, current, Acknowledged(await writer.ReadToEndAsync()));
        }

        figures["secrets"] = Declared.Secrets.Count;
        figures["kills"] = rounds;
        figures["kills half-way"] = halfWay;
        Assert.True(halfWay > rounds / 3, $"only {halfWay} of {rounds} kills came between the first step and the last");
        folder.Passed();
    }

    private static async Task FillAsync(string path, string keyFile)
    {
        await using var database = new TestDatabase(path);
        var store = Declared.Store(database.Database, keyFile);
        await store.InitializeAsync();
        for (var n = -1; n <= 0; n++) // once more, for the history
        {
            var batch = new SettingsBatch(Declared.Secrets.Count);
            foreach (var setting in Declared.Secrets)
            {
                batch.Set(setting, SecretKeeper.ValueOf(setting.Key, n));
            }

            await store.WriteAsync(batch);
        }
    }

    // the moment of the kill is the scenario's random variable: some steps, then a few milliseconds of the next
    private static async Task<bool> KillAsync(string path, string keyFile, string old, int steps, Random random)
    {
        using var rotator = HostProcess.Start("settings-rotate", path, keyFile);
        await rotator.ExpectAsync("ready");
        await rotator.GoOnAsync();
        for (; steps > 0 && await rotator.ReadLineAsync() is not null; steps--)
        {
        }

        var moment = Stopwatch.GetTimestamp() + (long)(random.NextDouble() * 0.005 * Stopwatch.Frequency);
        SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= moment);
        rotator.Kill();
        var isDone = (await rotator.ReadToEndAsync()).Exists(static line => line.StartsWith("done", StringComparison.Ordinal));
        return !isDone && Violations(path, old).Count > 0;
    }

    private static async Task FinishAsync(string path, string keyFile)
    {
        using var rotator = HostProcess.Start("settings-rotate", path, keyFile);
        await rotator.ExpectAsync("ready");
        await rotator.GoOnAsync();
        var line = await rotator.ReadLineAsync();
        while (line?.StartsWith("step", StringComparison.Ordinal) == true) // patience is for each step: the history grows with each round
        {
            line = await rotator.ReadLineAsync();
        }

        Assert.StartsWith("done ", line, StringComparison.Ordinal);
        Assert.EndsWith(" 0", line, StringComparison.Ordinal); // none is unreadable
    }

    private static async Task AssertAsync(string path, string keyFile, string old, string current, Dictionary<string, int> acknowledged)
    {
        Assert.Empty(Violations(path, old));
        await using var database = new TestDatabase(path);
        var store = Declared.Store(database.Database, keyFile);
        var status = await ((ISettingSecrets)store).GetStatusAsync();
        Assert.Equal(current, Assert.Single(status.Keys).Key);
        Assert.Equal((current, 0, 0, 0), (status.CurrentKeyId, status.Foreign, status.PlainText.Count, status.Unreadable.Count));
        var snapshot = await store.GetSnapshotAsync();
        foreach (var setting in Declared.Secrets.SkipLast(SecretKeeper.Busy))
        {
            Assert.Equal(SecretKeeper.ValueOf(setting.Key, 0), snapshot.Get(setting));
        }

        // of those that were written meanwhile the last acknowledged value is there, or the next, which nobody was told of
        foreach (var (key, n) in acknowledged)
        {
            Assert.Contains(snapshot.Get<string>(key), (IEnumerable<string>)[SecretKeeper.ValueOf(key, n), SecretKeeper.ValueOf(key, n + SecretKeeper.Busy)]);
        }
    }

    /// <summary>What is damaged, and what stands under a key, in the settings and in their history.</summary>
    private static List<string> Violations(string path, string keyId)
    {
        using var raw = new RawDatabase(path);
        List<string> violations = [.. raw.Damage()];
        var texts = raw.Rows("SELECT value FROM globalSettings WHERE is_encrypted = 1").Concat(raw.Rows(HistoryValues)).SelectMany(static row => row).OfType<string>();
        var left = texts.Count(text => text.StartsWith($"ds1:{keyId}:", StringComparison.Ordinal));
        if (left > 0)
        {
            violations.Add($"{left} values stand under the key {keyId}");
        }

        return violations;
    }

    private static Dictionary<string, int> Acknowledged(IEnumerable<string> lines)
    {
        Dictionary<string, int> newest = [];
        foreach (var line in lines)
        {
            if (line.Split(' ') is ["ack", var key, var n])
            {
                newest[key] = int.Parse(n, CultureInfo.InvariantCulture);
            }
        }

        return newest;
    }
}
