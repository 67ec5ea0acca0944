namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>Rebuilds in migrations that are written in C#.</summary>
public static class TableRebuildMigrationExtensions
{
    /// <summary>Plans the rebuild of a table as it is now, and adds its statements to the migration.</summary>
    /// <param name="builder">The migration.</param>
    /// <param name="database">The database that the migration was given.</param>
    /// <param name="table">The table's name; it must be there before the migration, whose earlier statements must leave it
    /// and what belongs to it as it is.</param>
    /// <param name="change">Says what changes; called once.</param>
    /// <param name="options">Whether casts may lose; the deadline is the run's own.</param>
    /// <param name="cancellationToken">The token that the migration was given.</param>
    /// <returns>The plan whose statements were added.</returns>
    /// <exception cref="MigrationException">The table or the change is refused.</exception>
    /// <exception cref="DatabaseException">The engine cannot rebuild tables, or not this one.</exception>
    public static async Task<TableRebuildPlan> RebuildTableAsync(
        this MigrationBuilder builder, IDeployStackDatabase database, string table, Action<TableChange> change, TableRebuildOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var plan = await TableRebuild.PlanAsync(database, table, change, options, cancellationToken).ConfigureAwait(false);
        builder.Add(plan);
        return plan;
    }
}
