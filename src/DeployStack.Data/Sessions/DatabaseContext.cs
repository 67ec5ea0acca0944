using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>What all sessions of one database share.</summary>
internal sealed class DatabaseContext(DatabaseProvider provider, DatabaseSettings settings)
{
    public DatabaseProvider Provider { get; } = provider;

    public DatabaseSettings Settings { get; } = settings;

    public ParameterBinder Binder { get; } = new(settings.Types);

    public RowMapper Mapper { get; } = new(settings.Types);

    public SchemaAdvice Advice { get; } = new(settings);

    public Instrumentation Instrumentation { get; } = new(
        provider.Capabilities.SystemName,
        provider.DatabaseNamespace,
        settings.Logger,
        settings.Meters,
        settings.SlowQueryThreshold,
        settings.OnQuery);
}
