using System.Diagnostics;
using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Migrations.Rebuild.Planning;

namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>Changes a table in ways that ALTER TABLE does not know, by SQLite's own recipe: a new table is filled from the
/// old one, proven equal and put in its place, in one transaction.</summary>
/// <remarks>
/// <para>Everything around the table stays: rowids, the AUTOINCREMENT high-water mark, indexes, triggers, views, foreign keys in
/// both directions, statistics. What cannot be kept is refused by name, before or inside the transaction.</para>
/// <para>Needs <see cref="DatabaseCapabilities.SqliteSchema"/>. Without <see cref="DatabaseCapabilities.ForeignKeysOff"/>
/// a table that foreign keys lead to is refused.</para>
/// </remarks>
public static class TableRebuild
{
    private const string Label = "table rebuild";

    /// <summary>Rebuilds a table. The database is the writer's alone while it runs; readers see the old table until the commit.</summary>
    /// <param name="database">The database.</param>
    /// <param name="table">The table's name.</param>
    /// <param name="change">Says what changes; called once.</param>
    /// <param name="options">Lossy casts and the deadline; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Undoes everything.</param>
    /// <example><code>
    /// await database.RebuildTableAsync("teams", t =&gt; t.RenameColumn("name", "title").ChangeType("age", "INTEGER").DropColumn("legacy"));
    /// </code></example>
    /// <exception cref="MigrationException">The rebuild was refused or failed; the message names what stands in its way,
    /// and nothing was changed.</exception>
    /// <exception cref="DatabaseException">The engine cannot rebuild tables (<see cref="DatabaseErrorKind.NotSupported"/>),
    /// or the batch met a lock, a deadline or a fault of the storage.</exception>
    public static async Task<TableRebuildResult> RebuildTableAsync(
        this IDeployStackDatabase database, string table, Action<TableChange> change, TableRebuildOptions? options = null, CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        var plan = await PlanAsync(database, table, change, options, cancellationToken).ConfigureAwait(false);
        var batch = new BatchOptions { Durability = Durability.Full, ForeignKeysOff = plan.ForeignKeysOff, Deadline = options?.Deadline, Label = Label, WithoutAdvice = true };
        try
        {
            var result = await database.ExecuteBatchAsync(plan.Statements, batch, cancellationToken).ConfigureAwait(false);
            return new(plan.Table, result.RowsAffected[plan.CopyIndex], plan.Recreated, Stopwatch.GetElapsedTime(started));
        }
        catch (DatabaseException error) when (!error.IsTransient && !error.OutcomeUnknown && plan.Explain(error) is not null) // told with the step that it is
        {
            throw new MigrationException($"{plan.Explain(error)} Nothing was changed.", error)
            {
                NativeErrorCode = error.NativeErrorCode,
                NativeExtendedErrorCode = error.NativeExtendedErrorCode,
                TransactionRolledBack = error.TransactionRolledBack,
                Table = plan.Table,
                Columns = error.Columns,
                Constraint = error.Constraint,
                Label = error.Label,
                Sql = error.Sql,
            };
        }
    }

    /// <summary>The SQL that <see cref="RebuildTableAsync"/> would run, as a script; nothing is written.</summary>
    /// <inheritdoc cref="RebuildTableAsync"/>
    public static async Task<string> PreviewRebuildAsync(
        this IDeployStackDatabase database, string table, Action<TableChange> change, TableRebuildOptions? options = null, CancellationToken cancellationToken = default)
        => (await PlanAsync(database, table, change, options, cancellationToken).ConfigureAwait(false)).ToString();

    /// <summary>Reads the schema and writes the statements of a rebuild, for a migration or a batch of one's own.</summary>
    /// <inheritdoc cref="RebuildTableAsync"/>
    public static async Task<TableRebuildPlan> PlanAsync(
        IDeployStackDatabase database, string table, Action<TableChange> change, TableRebuildOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrEmpty(table);
        ArgumentNullException.ThrowIfNull(change);
        if (!database.Capabilities.SqliteSchema)
        {
            throw RebuildRefusal.NotSupported($"The table {table} cannot be rebuilt: the engine '{database.Capabilities.SystemName}' has no sqlite_schema to work from. Use its own ALTER TABLE.");
        }

        var changes = new TableChange();
        change(changes);
        var catalogue = await Catalogue.ReadAsync(database, table, cancellationToken).ConfigureAwait(false);
        return RebuildPlanner.Plan(catalogue, table, changes, options ?? new(), database.Capabilities);
    }
}
