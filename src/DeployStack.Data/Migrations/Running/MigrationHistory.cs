namespace DeployStack.Data.Migrations.Running;

/// <summary>The table <c>deploystack_migrations</c>: what was applied, when, and the text it had.</summary>
/// <remarks>Times are milliseconds of Unix time, so that they do not depend on the database's type profile. There is no
/// duration: the row is written before the statements run, and a second write would cost a second commit.</remarks>
internal sealed class MigrationHistory(IDeployStackDatabase database, string stream)
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS deploystack_migrations (
            identity TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            script TEXT NOT NULL,
            applied_at BIGINT NOT NULL
        )
        """;

    private const string Select = "SELECT identity, name, checksum, applied_at FROM deploystack_migrations";

    // a missing table is an answer here, and the advice on it comes from this very look-up
    private static readonly ReadOptions _unadvised = new() { Label = "migration history", WithoutAdvice = true };
    private static readonly BatchOptions _durable = new() { Label = "migration history", WithoutAdvice = true, Durability = Durability.Full };

    public static SqlStatement Insert(Migration migration, DateTimeOffset now) => new(
        "INSERT INTO deploystack_migrations (identity, name, checksum, script, applied_at) VALUES (@identity, @name, @checksum, @script, @appliedAt)",
        new
        {
            identity = migration.Identity,
            name = migration.Name,
            checksum = migration.Checksum,
            script = migration.Script,
            appliedAt = now.ToUnixTimeMilliseconds(),
        });

    /// <summary>The rows of this stream; empty where no migration was ever applied.</summary>
    public async Task<IReadOnlyList<AppliedMigration>> ReadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Row> rows;
        try
        {
            rows = await SelectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // before the first migration there is no table
        {
            if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
            {
                return [];
            }

            // created meanwhile; or a table with other columns, whose error is the caller's
            rows = await SelectAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. rows.Where(BelongsToStream).Select(static row => new AppliedMigration(row.Identity, row.Name, row.Checksum, DateTimeOffset.FromUnixTimeMilliseconds(row.AppliedAt)))];
    }

    public Task CreateAsync(CancellationToken cancellationToken)
        => database.ExecuteBatchAsync([new SqlStatement(Create)], _durable, cancellationToken);

    private Task<IReadOnlyList<Row>> SelectAsync(CancellationToken cancellationToken)
        => database.QueryAsync<Row>(Select, null, _unadvised, cancellationToken);

    // a table of this name with other columns is missing schema as well, but no empty history
    private async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteScalarAsync<long>("SELECT count(*) FROM deploystack_migrations", null, _unadvised, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // the answer
        {
            return false;
        }
    }

    private bool BelongsToStream(Row row)
        => row.Identity.AsSpan(0, row.Identity.LastIndexOf('/') + 1).SequenceEqual(stream);

    internal sealed record Row(string Identity, string Name, string Checksum, long AppliedAt);
}
