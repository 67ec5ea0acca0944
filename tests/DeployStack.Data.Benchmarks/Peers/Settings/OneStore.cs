using DeployStack.Data.Migrations;
using DeployStack.Data.Settings;
using DeployStack.Data.Settings.Current;
using DeployStack.Data.Settings.Secrets;
using DeployStack.Data.Settings.Storage;
using DeployStack.Data.Settings.Writing;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>What InitializeAsync does, by one store whose declarations are others from call to call: it knows what is in the
/// tables, as an application does that is running.</summary>
internal sealed class OneStore : IDisposable
{
    private readonly SettingsBuilder[] _declared;
    private readonly CurrentSettings _current;
    private readonly SettingsWriter _writer;
    private readonly StoredSecrets _secrets = new(SettingProtectorFactory.Create(new()), []);
    private int _turn;

    public OneStore(IDeployStackDatabase database, params SettingsBuilder[] declared)
    {
        _declared = declared;
        var tables = new SettingsTables(database, MigrationRunnerFactory.Create(database, SettingsTables.Migrations));
        _current = new(tables, data => new SettingsSnapshot(data, declared[0], _secrets), TimeProvider.System, declared[0].Options.CheckInterval);
        _writer = new(tables, _current, _secrets, declared[0].Options, TimeProvider.System);
    }

    public async Task<SettingsResult> InitializeAsync()
    {
        var declared = _declared[_turn++ % _declared.Length];
        var plan = await _writer.WriteAsync((data, now) => new InitialPlan(declared, data, _secrets, now, _writer.PruneBefore(isForced: true)), static plan => plan.Write, CancellationToken.None);
        return plan.ToResult();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _current.Dispose();
    }
}
