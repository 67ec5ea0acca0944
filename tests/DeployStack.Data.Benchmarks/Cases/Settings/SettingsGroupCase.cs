using DeployStack.Data.Benchmarks.Harness;
using DeployStack.Data.Benchmarks.Peers;
using DeployStack.Data.Benchmarks.Peers.Settings;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Benchmarks.Cases.Settings;

/// <summary>All settings of a group.</summary>
internal sealed class SettingsGroupCase : Case
{
    private const string Group = "hundred";
    private const string Current = "DeployStack.Data, GetGroupAsync, nothing changed";
    private const string Dapper = "Dapper, pooled connection per call";

    public override string Name => "settings-group";

    public override string Title => "Settings: a group of 100";

    public override string About => "An operation reads a group of 100 settings with all that describes them, as objects. After a change by another connection the store reads everything, 102 settings and 2 groups, by one query; that read is timed alone.";

    public override string Reference => Dapper;

    public override IReadOnlyList<Variant> Open(Workspace workspace)
    {
        var path = SettingsSample.NewDatabase(workspace, "group", SettingsReadCase.Declare());
        var store = workspace.Own(new OurSettings(path, isFull: false, SettingsReadCase.Declare())).Store;
        var other = workspace.Own(new BareLoop(path, isFull: false));
        var dapper = new SettingsDapper(new PooledConnections(path, isFull: false));
        int Read() => store.GetGroupAsync(Group).AsTask().GetAwaiter().GetResult().Count;
        int Query() => dapper.Group(Group).Count;
        void Change() => other.Execute("UPDATE globalSettings SET value = value || 'x', updated_at = updated_at + 1 WHERE key = 'hundred.setting.007'");
        void Restore() => other.Execute("UPDATE globalSettings SET value = 'x' WHERE key = 'hundred.setting.007'");
        return
        [
            new(Dapper, Repeated.Of(passes => Each(passes, Query))),
            new(Current, Repeated.Of(passes => Each(passes, Read))),
            new("DeployStack.Data, GetGroupAsync after a change: one query", turn => SettingsReadCase.AfterCommit(turn, Change, Read)) { Settle = Restore },
            new($"{Dapper}, after a change", turn => SettingsReadCase.AfterCommit(turn, Change, Query)) { Settle = Restore },
        ];
    }

    private static void Each(int passes, Func<int> read)
    {
        for (var i = 0; i < passes; i++)
        {
            GC.KeepAlive(read());
        }
    }
}
