using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Holds what its source has read, and reloads when that changes.</summary>
internal sealed class SettingsConfigurationProvider : ConfigurationProvider, IDisposable
{
    private readonly IDisposable _subscription;

    public SettingsConfigurationProvider(SettingsConfigurationSource source)
    {
        Source = source;
        _subscription = ChangeToken.OnChange(source.GetChangeToken, Reload);
    }

    public SettingsConfigurationSource Source { get; }

    // a copy: configuration[key] = value writes into it
    public override void Load() => Data = new Dictionary<string, string?>(Source.Values, StringComparer.OrdinalIgnoreCase);

    public void Dispose() => _subscription.Dispose();

    public override string ToString() => Source.Database.Length == 0 ? "DeployStack settings" : $"DeployStack settings of '{Source.Database}'";

    private void Reload()
    {
        Load();
        OnReload();
    }
}
