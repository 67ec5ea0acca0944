using System.Collections.Frozen;
using System.Diagnostics;
using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Benchmarks.Peers.Settings;
using DeployStack.Data.Settings;
using SQLitePCL;

namespace DeployStack.Data.Benchmarks.Cases.Settings;

/// <summary>A setting is read that nobody has changed.</summary>
internal sealed class SettingsReadCase : Case
{
    private const string Typed = "DeployStack.Data, GetAsync of a number by its declaration";
    private const string Lookup = "FrozenDictionary alone, which cannot tell whether it is current";
    private const string Unrelated = "DeployStack.Data, GetAsync after an unrelated commit: reads the version";

    private static readonly Setting<int> _port = new("mail.port", 587);
    private static readonly Setting<string> _host = new("mail.host", "localhost");

    public override string Name => "settings-read";

    public override string Title => "Settings: reading a value that is current";

    public override string About => "An operation is one read of a setting among 102. Between the turns another connection commits to another table, which the store must notice. After an unrelated commit the read is timed alone, the commit before each is not.";

    public override string Reference => Lookup;

    public override IReadOnlyList<Goal> Goals =>
    [
        Goal.AtMost("typed read of a current setting", Typed, static sample => sample.Cost, 40, Text.Time),
        Goal.AtMost("typed read of a current setting: allocated", Typed, static sample => Math.Round(sample.Bytes, 1), 0, Text.Bytes),
    ];

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var path = SettingsSample.NewDatabase(workspace, "read", Declare());
        var ours = workspace.Own(new OurSettings(path, isFull: false, Declare()));
        var store = ours.Store;
        var other = workspace.Own(new BareLoop(path, isFull: false));
        other.Execute("CREATE TABLE other (id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO other VALUES (1, 0)");
        var bare = workspace.Own(new BareLoop(path, isFull: false));
        var find = workspace.Own(bare.Prepare("SELECT value FROM globalSettings WHERE key = ?1"));
        var dataVersion = workspace.Own(bare.Prepare("PRAGMA data_version"));
        var dapper = new SettingsDapper(new PooledConnections(path, isFull: false));
        var map = Declare().Groups.SelectMany(static group => group.Settings).ToFrozenDictionary(static setting => setting.Key, static setting => setting, StringComparer.Ordinal);
        Variant Of(string name, Action<int> body) => new(name, Repeated.Of(body)) { Settle = () => Commit(other) };
        Variant OfStore(string name, Func<int, Task> body) => new(name, Repeated.Of(body)) { Settle = () => Commit(other) };
        return
        [
            Of(Lookup, passes => Each(passes, () => map.TryGetValue("mail.port", out var found) ? found.Key.Length : 0)),
            OfStore(Typed, passes => NumbersAsync(passes, store)),
            OfStore("DeployStack.Data, GetAsync of a text by its declaration", passes => TextsAsync(passes, store)),
            OfStore("DeployStack.Data, GetAsync of a number by its key", passes => KeysAsync(passes, store)),
            Of("DeployStack.Data, Get from a snapshot that is at hand", passes => Snapshot(passes, store)),
            Of("PRAGMA data_version by a prepared statement", passes => Each(passes, () => Step(dataVersion, key: null))),
            Of("bare loop, a transaction for each read", passes => Each(passes, () => Step(find, "mail.port"))),
            Of("Dapper, pooled connection per call", passes => Each(passes, () => dapper.Find("mail.port").Length)),
            new(Unrelated, turn => AfterCommit(turn, other, () => store.GetAsync(_port).AsTask().GetAwaiter().GetResult())),
            new("bare loop, a read of the version after an unrelated commit", AfterCommit(workspace, bare, other)),
        ];
    }

    /// <summary>A group of 100 settings, and another that is read.</summary>
    public static SettingsBuilder Declare() => new SettingsBuilder()
        .Add(new SettingGroup("mail", "Mail") { Settings = [_port, _host] })
        .Add(new SettingGroup("hundred", "A hundred") { Settings = [.. Enumerable.Range(0, 100).Select(static i => new Setting<string>($"hundred.setting.{i:000}", SampleData.ValueOf(i)) { Description = SettingsSample.NameOf(0) })] });

    public static Sample AfterCommit(TimeSpan turn, BareLoop other, Func<int> read) => AfterCommit(turn, () => Commit(other), read);

    /// <summary>Times reads, each of which comes after a change that is not timed.</summary>
    public static Sample AfterCommit(TimeSpan turn, Action change, Func<int> read)
    {
        var reads = new Histogram();
        for (var begun = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begun) < turn;)
        {
            change();
            var start = Stopwatch.GetTimestamp();
            GC.KeepAlive(read());
            reads.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        return new(reads.Percentile(0.5)) { P50 = reads.Percentile(0.5), P99 = reads.Percentile(0.99) };
    }

    private static Func<TimeSpan, Sample> AfterCommit(Workspace workspace, BareLoop bare, BareLoop other)
    {
        var version = workspace.Own(bare.Prepare("SELECT version FROM deploystack_settings_version WHERE id = 1"));
        return turn => AfterCommit(turn, other, () => Step(version, key: null));
    }

    private static void Commit(BareLoop other) => other.Execute("UPDATE other SET n = n + 1");

    private static async Task NumbersAsync(int passes, ISettingsStore store)
    {
        var sum = 0L;
        for (var i = 0; i < passes; i++)
        {
            sum += await store.GetAsync(_port);
        }

        GC.KeepAlive(sum);
    }

    private static async Task TextsAsync(int passes, ISettingsStore store)
    {
        var sum = 0L;
        for (var i = 0; i < passes; i++)
        {
            sum += (await store.GetAsync(_host)).Length;
        }

        GC.KeepAlive(sum);
    }

    private static async Task KeysAsync(int passes, ISettingsStore store)
    {
        var sum = 0L;
        for (var i = 0; i < passes; i++)
        {
            sum += await store.GetAsync<int>("mail.port");
        }

        GC.KeepAlive(sum);
    }

    private static void Snapshot(int passes, ISettingsStore store)
    {
        var snapshot = store.GetSnapshotAsync().AsTask().GetAwaiter().GetResult();
        var sum = 0L;
        for (var i = 0; i < passes; i++)
        {
            sum += snapshot.Get(_port);
        }

        GC.KeepAlive(sum);
    }

    private static void Each(int passes, Func<int> read)
    {
        var sum = 0L;
        for (var i = 0; i < passes; i++)
        {
            sum += read();
        }

        GC.KeepAlive(sum);
    }

    private static int Step(sqlite3_stmt statement, string? key)
    {
        if (key is not null)
        {
            BareLoop.Bind(statement, 1, key);
        }

        _ = raw.sqlite3_step(statement);
        var found = raw.sqlite3_column_int(statement, 0);
        _ = raw.sqlite3_reset(statement);
        return found;
    }
}
