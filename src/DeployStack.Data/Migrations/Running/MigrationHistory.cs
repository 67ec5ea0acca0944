namespace DeployStack.Data.Migrations.Running;

/// <summary>The table <c>deploystack_migrations</c>: what was applied, when, and the text it had.</summary>
/// <remarks>Times are milliseconds of Unix time, so that they do not depend on the database's type profile. There is no
/// duration: the row is written before the statements run, and a second write would cost a second commit. The script
/// stands last, so that reading the other columns never walks through its overflow pages. Tables of the first version
/// have no column <c>kind</c>: they are read as they are, and get it when the first row needs it.</remarks>
internal sealed class MigrationHistory(IDeployStackDatabase database, MigrationOptions options)
{
    public const string Table = "deploystack_migrations";

    /// <summary>The texts of all streams, in the order in which they were applied.</summary>
    public const string SelectScripts = "SELECT identity, name, script FROM deploystack_migrations ORDER BY rowid";

    /// <summary>The statement that makes it.</summary>
    public const string Create = """
        CREATE TABLE IF NOT EXISTS deploystack_migrations (
            identity TEXT NOT NULL PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at BIGINT NOT NULL,
            kind TEXT,
            script TEXT NOT NULL
        )
        """;

    private const string AddKind = "ALTER TABLE deploystack_migrations ADD COLUMN kind TEXT";
    private const string Select = "SELECT identity, name, checksum, applied_at, kind FROM deploystack_migrations";
    private const string SelectWithoutKind = "SELECT identity, name, checksum, applied_at, NULL AS kind FROM deploystack_migrations";
    private const string SelectKind = "SELECT count(kind) FROM deploystack_migrations";

    // a missing table is an answer here, and the advice on it comes from this very look-up
    private static readonly ReadOptions _unadvised = new() { Label = "migration history", WithoutAdvice = true };

    private readonly BatchOptions _durable = new() { Label = "migration history", WithoutAdvice = true, Durability = Durability.Full, Deadline = options.Deadline };

    public static SqlStatement Insert(Migration migration, string script, DateTimeOffset now) => new(
        "INSERT INTO deploystack_migrations (identity, name, checksum, applied_at, script) VALUES (@identity, @name, @checksum, @appliedAt, @script)",
        new { identity = migration.Identity, name = migration.Name, checksum = migration.Checksum, appliedAt = now.ToUnixTimeMilliseconds(), script });

    /// <summary>A row of a migration that was not executed.</summary>
    public static SqlStatement Mark(Migration migration, DateTimeOffset appliedAt, MigrationHistoryKind kind) => new(
        "INSERT INTO deploystack_migrations (identity, name, checksum, applied_at, kind, script) VALUES (@identity, @name, @checksum, @appliedAt, @kind, @script)",
        new { identity = migration.Identity, name = migration.Name, checksum = migration.Checksum, appliedAt = appliedAt.ToUnixTimeMilliseconds(), kind = TextOf(kind), script = migration.Script });

    /// <summary>The row of a repeatable script that is about to run again; of two processes one finds another checksum.</summary>
    public static SqlStatement Replace(Migration migration, string before, DateTimeOffset now) => new(
        "UPDATE deploystack_migrations SET name = @name, checksum = @checksum, applied_at = @appliedAt, script = @script WHERE identity = @identity AND checksum = @before",
        new { identity = migration.Identity, name = migration.Name, checksum = migration.Checksum, appliedAt = now.ToUnixTimeMilliseconds(), script = migration.Script, before })
    {
        Expectation = StatementExpectation.Affects(1),
    };

    /// <summary>Takes text and checksum of a migration as they are now; of one in C# the text that it had stays.</summary>
    public static SqlStatement Accept(Migration migration, string before) => new(
        "UPDATE deploystack_migrations SET name = @name, checksum = @checksum, script = coalesce(@script, script) WHERE identity = @identity AND checksum = @before",
        new { identity = migration.Identity, name = migration.Name, checksum = migration.Checksum, script = migration.Code is null ? migration.Script : null, before })
    {
        Expectation = StatementExpectation.Affects(1),
    };

    public static SqlStatement Remove(AppliedMigration row) => new(
        "DELETE FROM deploystack_migrations WHERE identity = @identity AND checksum = @checksum", new { identity = row.Identity, checksum = row.Checksum })
    {
        Expectation = StatementExpectation.Affects(1),
    };

    /// <summary>The rows of this stream; empty where no migration was ever applied.</summary>
    public async Task<IReadOnlyList<AppliedMigration>> ReadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Row> rows;
        try
        {
            rows = await QueryAsync<Row>(Select, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // before the first migration there is no table; older tables have no kind
        {
            if (!await ExistsAsync("SELECT count(*) FROM deploystack_migrations", cancellationToken).ConfigureAwait(false))
            {
                return [];
            }

            // created meanwhile, or older; or a table with other columns, whose error is the caller's
            var isCurrent = await ExistsAsync(SelectKind, cancellationToken).ConfigureAwait(false);
            rows = await QueryAsync<Row>(isCurrent ? Select : SelectWithoutKind, cancellationToken).ConfigureAwait(false);
        }

        return [.. rows.Where(BelongsToStream).Select(static row => new AppliedMigration(row.Identity, row.Name, row.Checksum, DateTimeOffset.FromUnixTimeMilliseconds(row.AppliedAt)) { Kind = KindOf(row.Kind) })];
    }

    /// <summary>The stored text of a few migrations.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReadScriptsAsync(IEnumerable<Migration> migrations, CancellationToken cancellationToken)
    {
        var scripts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var migration in migrations) // one by one: a list of parameters has a limit, and there are few
        {
            var script = await database.ExecuteScalarAsync<string?>("SELECT script FROM deploystack_migrations WHERE identity = @identity", new { identity = migration.Identity }, _unadvised, cancellationToken).ConfigureAwait(false);
            scripts[migration.Identity] = script ?? string.Empty;
        }

        return scripts;
    }

    public Task CreateAsync(CancellationToken cancellationToken) => WriteAsync([new(Create)], cancellationToken);

    /// <summary>The same, and a table of the first version gets its column <c>kind</c>.</summary>
    public async Task CreateWithKindAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken).ConfigureAwait(false);
        if (await ExistsAsync(SelectKind, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            await WriteAsync([new(AddKind)], cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind is DatabaseErrorKind.InvalidSql or DatabaseErrorKind.Unknown) // another process added it: engines have no kind for that
        {
            if (!await ExistsAsync(SelectKind, cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    /// <summary>One durable transaction on the table.</summary>
    /// <exception cref="MigrationException">Another process held the write lock for the whole wait.</exception>
    public async Task WriteAsync(IReadOnlyList<SqlStatement> statements, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteBatchAsync(statements, _durable, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.Busy) // told in the words of migrations
        {
            throw new MigrationException(DatabaseErrorKind.MigrationLocked, $"The migration history could not be written: {error.Message} Nothing was written. Run it again.", error)
            {
                RetryCanSucceed = error.IsTransient,
                Holder = error.Holder,
                NativeErrorCode = error.NativeErrorCode,
                NativeExtendedErrorCode = error.NativeExtendedErrorCode,
                Label = error.Label,
            };
        }
    }

    private static string TextOf(MigrationHistoryKind kind) => kind == MigrationHistoryKind.Baseline ? "baseline" : "adopted";

    private static MigrationHistoryKind KindOf(string? text) => text switch
    {
        "baseline" => MigrationHistoryKind.Baseline,
        "adopted" => MigrationHistoryKind.Adopted,
        _ => MigrationHistoryKind.Executed,
    };

    private Task<IReadOnlyList<T>> QueryAsync<T>(string sql, CancellationToken cancellationToken)
        => database.QueryAsync<T>(sql, null, _unadvised, cancellationToken);

    // a table of this name with other columns is missing schema as well, but no empty history
    private async Task<bool> ExistsAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await database.ExecuteScalarAsync<long>(sql, null, _unadvised, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DatabaseException error) when (error.Kind == DatabaseErrorKind.SchemaMissing) // the answer
        {
            return false;
        }
    }

    private bool BelongsToStream(Row row)
        => row.Identity.AsSpan(0, row.Identity.LastIndexOf('/') + 1).SequenceEqual(options.Stream);

    internal sealed record Row(string Identity, string Name, string Checksum, long AppliedAt, string? Kind);
}
