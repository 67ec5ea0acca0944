using DeployStack.Data.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Hosting.Selection;

/// <summary>What one engine is told of the configuration and the selection.</summary>
internal sealed class ProviderSettings(DatabaseProviderRegistration provider, DatabaseSelectionOptions options, SelectionFile file, ConfigurationValues configuration) : IDatabaseProviderSettings
{
    private readonly string _name = options.Name;

    public string Section { get; } = $"{options.Section}:{provider.Section}";

    public IReadOnlyDictionary<string, string?> Values => configuration.Below(Section);

    public string? Path => Written?.DatabasePath;

    private DatabaseSelection? Written
        => file.Read() is { State: DatabaseSelectionState.Configured, Type: { } type } selection && provider.Types.Contains(type, StringComparer.Ordinal) ? selection : null;

    public string? GetVariable(string name) => configuration.Variable(name);

    public string? ProofOfExistence()
        => Written is { Type: { } type } ? $"the selection file '{file.Path}' says that a database of type '{type}' was set up" : null;

    public void DemandChosen(IServiceProvider services) => services.GetRequiredKeyedService<DatabaseSelector>(_name).Demand(provider);
}
