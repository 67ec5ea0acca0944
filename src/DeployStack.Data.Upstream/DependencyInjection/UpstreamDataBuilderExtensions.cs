using DeployStack.Data.Settings;
using DeployStack.Data.Upstream;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data;

/// <summary>Registers what takes over databases that DeployStack made.</summary>
public static class UpstreamDataBuilderExtensions
{
    /// <summary>Lets the migrations that DeployStack applied, by its table <c>__drizzle_migrations</c>, count as applied.</summary>
    /// <param name="builder">The database; its sources are added with <c>AddMigrations</c>, before or after this call. The
    /// folder of DeployStack has two files of one number: read it with
    /// <see cref="Migrations.MigrationNaming.FileName"/>.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <remarks>A database without that table is not changed by it. See <see cref="UpstreamAdoption"/>.</remarks>
    public static IDeployStackDataBuilder AddUpstreamAdoption(this IDeployStackDataBuilder builder)
        => builder.AddMigrations(static options => options.Adoptions.Add(new UpstreamAdoption()));

    /// <summary>Reads secret settings that DeployStack encrypted; the next write encrypts them anew.</summary>
    /// <param name="builder">The database.</param>
    /// <param name="secret">Gives the pass phrase that DeployStack used; by default the environment variable
    /// <c>DEPLOYSTACK_ENCRYPTION_SECRET</c>. Asked when the first such text is read.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <remarks>Registered is an <see cref="ISettingCiphertextReader"/>, keyed by the name of the database; several calls
    /// with different pass phrases add several. See <see cref="UpstreamCiphertextReader"/>.</remarks>
    public static IDeployStackDataBuilder AddUpstreamSecrets(this IDeployStackDataBuilder builder, Func<string?>? secret = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<ISettingCiphertextReader>(builder.Name, (_, _) => secret is null ? new UpstreamCiphertextReader() : new(secret));
        return builder;
    }
}
