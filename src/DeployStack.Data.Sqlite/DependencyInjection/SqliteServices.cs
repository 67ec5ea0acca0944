using System.Data.Common;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Sqlite.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Sqlite.DependencyInjection;

/// <summary>The services of one SQLite database, whoever asks for them; what is registered already stays.</summary>
internal static class SqliteServices
{
    public static void Add(IServiceCollection services, string name)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteOptions>, SqliteOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.KeyedSingleton<IDatabaseHealthProbe, SqliteWriteProbe>(name));
        services.TryAddKeyedSingleton(name, static (provider, key) => SqliteRegistration.Create(provider, (string)key!));
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<SqliteRegistration>(key).Database);
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<SqliteRegistration>(key).Engine);
        services.TryAddKeyedSingleton(name, static (provider, key) => provider.GetRequiredKeyedService<SqliteRegistration>(key).DataSource);
        if (name.Length == 0)
        {
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<IDeployStackDatabase>(string.Empty));
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<ISqliteEngine>(string.Empty));
            services.TryAddSingleton(static provider => provider.GetRequiredKeyedService<DbDataSource>(string.Empty));
        }
    }
}
