using DeployStack.Data.Upstream;

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
}
