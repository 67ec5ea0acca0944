using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>What all sessions of one database share.</summary>
internal sealed class DatabaseContext(DatabaseProvider provider, DatabaseSettings settings)
{
    private readonly int _maxParameters = provider.Capabilities.MaxParameters;

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

    /// <summary>Binds the parameters of one statement, and logs them where the application asked for that.</summary>
    public void Bind(ProviderCommand command, object? parameters)
    {
        if (command.ParameterCount > _maxParameters)
        {
            throw new DatabaseException(DatabaseErrorKind.TooLarge, $"The statement has {command.ParameterCount} parameters and the engine '{Provider.Capabilities.SystemName}' allows {_maxParameters}; nothing was run. Split it; a list of values goes into one list parameter (IN @ids).");
        }

        Binder.Bind(command, parameters);
        if (Settings.LogParameterValues)
        {
            Instrumentation.LogParameters(parameters);
        }
    }
}
