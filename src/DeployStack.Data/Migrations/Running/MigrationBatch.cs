using DeployStack.Data.Migrations.Rebuild;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Running;

/// <summary>A migration taken apart into the batch that applies it.</summary>
/// <param name="Migration">The script or class.</param>
/// <param name="Statements">Its statements, without those that the runner does itself.</param>
/// <param name="ForeignKeysOff">Whether the script switches foreign keys off: a statement in a transaction cannot, the
/// batch can.</param>
internal sealed record MigrationBatch(Migration Migration, IReadOnlyList<ScriptStatement> Statements, bool ForeignKeysOff)
{
    private const string ForeignKeysOffDirective = "foreign-keys-off";

    /// <summary>What a class gave or a rebuild needs, one for each of <see cref="Statements"/>; <see langword="null"/> for a
    /// script without rebuilds.</summary>
    public IReadOnlyList<SqlStatement>? Built { get; private init; }

    /// <summary>The rebuilds of tables among the statements.</summary>
    public IReadOnlyList<TableRebuildPlan> Rebuilds { get; private init; } = [];

    /// <summary>The checksum that the history has for a repeatable script; <see langword="null"/> where it has no row.</summary>
    public string? Before { get; init; }

    /// <summary>On whose behalf <see cref="Statements"/> run; the runner's own are the host's.</summary>
    public Principal? Principal { get; init; }

    /// <exception cref="MigrationException">The script cannot be taken apart, or holds what may not run.</exception>
    public static MigrationBatch Of(Migration migration, DatabaseCapabilities capabilities)
    {
        var statements = new List<ScriptStatement>();
        var foreignKeysOff = false;
        var script = ScriptSplitter.Split(migration.Script, out var fault);
        foreach (var statement in script)
        {
            foreignKeysOff |= Directives(migration, statement, capabilities);
            if (Check(migration, statement, capabilities) is { } isOff)
            {
                foreignKeysOff |= isOff;
            }
            else
            {
                statements.Add(statement);
            }
        }

        return fault is null
            ? new(migration, statements, foreignKeysOff)
            : throw Refuse(migration, new(string.Empty, fault.Statement, fault.Line), fault.Message + ". Complete the script.");
    }

    /// <summary>Lets a class give its statements.</summary>
    /// <exception cref="MigrationException">The class failed, or gave what may not run.</exception>
    public static async Task<MigrationBatch> BuildAsync(Migration migration, IDeployStackDatabase database, Principal? principal, CancellationToken cancellationToken)
    {
        var builder = new MigrationBuilder();
        try
        {
            await migration.Code!.BuildAsync(builder, new ReadingDatabase(database, principal), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not MigrationException) // the class's own error, with what it means
        {
            throw new MigrationException($"Migration {migration} could not be built: {MigrationFailure.Sentence(exception.Message)} Nothing of it was applied. Correct the class and run ApplyAsync again.", exception) { Identity = migration.Identity };
        }

        var statements = new List<ScriptStatement>();
        var built = new List<SqlStatement>();
        var foreignKeysOff = builder.ForeignKeysOff;
        foreach (var each in builder.Statements)
        {
            var statement = new ScriptStatement(each.Sql, statements.Count + 1, 0, 0);
            if (Check(migration, statement, database.Capabilities) is { } isOff)
            {
                foreignKeysOff |= isOff;
                continue;
            }

            statements.Add(statement);
            built.Add(each);
        }

        if (foreignKeysOff)
        {
            CheckForeignKeysOff(migration, new(string.Empty, 0, 0, 0), database.Capabilities);
        }

        return new(migration, statements, foreignKeysOff) { Built = built, Rebuilds = builder.Rebuilds };
    }

    /// <summary>The batch with the statements of its rebuilds, planned on the schema as it is now; each stands where the
    /// CREATE TABLE statement of the script does.</summary>
    /// <exception cref="MigrationException">A table cannot be rebuilt so.</exception>
    public async Task<MigrationBatch> PlanAsync(IDeployStackDatabase database, CancellationToken cancellationToken)
    {
        if (Statements.FirstOrDefault(ScriptRebuild.IsOn) is not { } first)
        {
            return this;
        }

        if (Principal is not null)
        {
            throw Refuse(Migration, first, "a plugin has no rebuild directive: the steps read the catalogue and name tables of the runner. Write them as statements.");
        }

        var built = new List<(ScriptStatement Place, SqlStatement Sql)>();
        var rebuilds = new List<TableRebuildPlan>();
        foreach (var statement in Statements)
        {
            if (!ScriptRebuild.IsOn(statement))
            {
                built.Add((statement, new(statement.Sql)));
                continue;
            }

            try
            {
                rebuilds.Add(await ScriptRebuild.PlanAsync(database, statement, cancellationToken).ConfigureAwait(false));
            }
            catch (DatabaseException refusal) when (!refusal.IsTransient) // told with the line of the script
            {
                throw MigrationFailure.Of(this, statement, refusal);
            }

            built.AddRange(rebuilds[^1].ForMigration().Select(sql => (statement with { Sql = sql.Sql, Directives = [] }, sql)));
        }

        return this with
        {
            Statements = [.. built.Select(static each => each.Place)],
            Built = [.. built.Select(static each => each.Sql)],
            Rebuilds = rebuilds,
            ForeignKeysOff = ForeignKeysOff || rebuilds.Exists(static plan => plan.ForeignKeysOff),
        };
    }

    /// <summary>The batch: the history row first, so that of two processes one fails before it did anything.</summary>
    public IReadOnlyList<SqlStatement> ToSql(DateTimeOffset now)
    {
        var sql = new List<SqlStatement>(Statements.Count + 2) { Row(now) };
        sql.AddRange(Statements.Select(ToSql));
        if (ForeignKeysOff)
        {
            sql.Add(new($"PRAGMA {MigrationPragma.ForeignKeyCheck}") { Expectation = StatementExpectation.NoRows });
        }

        return sql;
    }

    /// <summary>Whether a failure may be that another process applied the migration first; the history tells.</summary>
    public bool IsLostRace(DatabaseException error)
        => error.StatementIndex is null or 0 && error.Kind == (Before is null ? DatabaseErrorKind.UniqueViolation : DatabaseErrorKind.ExpectationFailed);

    /// <summary>What the caller gets for a batch that failed.</summary>
    public MigrationException Failure(DatabaseException error) => MigrationFailure.Of(this, error);

    private SqlStatement Row(DateTimeOffset now) => Before is { } before
        ? MigrationHistory.Replace(Migration, before, now)
        : MigrationHistory.Insert(Migration, Built is null || Migration.Code is null ? Migration.Script : TextOf(Built), now);

    // with what the batch did besides, so that the text can run again
    private string TextOf(IReadOnlyList<SqlStatement> built)
        => (ForeignKeysOff && built.Count > 0 ? $"-- {ScriptDirective.Prefix} {ForeignKeysOffDirective}\n" : string.Empty) + ScriptSplitter.Join(built.Select(static each => each.Sql));

    private SqlStatement ToSql(ScriptStatement statement, int index)
    {
        var sql = Built is null ? new SqlStatement(statement.Sql) : Built[index];
        return Pragma.Parse(statement.Sql) is { } pragma && pragma.Is(MigrationPragma.ForeignKeyCheck)
            ? sql with { Expectation = StatementExpectation.NoRows } // reads only, and the whole database: the host's
            : sql with { Principal = Principal };
    }

    /// <summary>Refuses what may not run.</summary>
    /// <returns>For a statement that switches foreign keys, which the batch does, whether it switches them off.</returns>
    private static bool? Check(Migration migration, ScriptStatement statement, DatabaseCapabilities capabilities)
    {
        if (MigrationGuard.Refusal(statement.Sql) is { } reason)
        {
            throw Refuse(migration, statement, reason);
        }

        if (Pragma.Parse(statement.Sql) is not { Value: not null } pragma || !pragma.Is(MigrationPragma.ForeignKeys))
        {
            return null;
        }

        var isOff = !pragma.Switch ?? throw Refuse(migration, statement, "PRAGMA foreign_keys is set to neither ON nor OFF. Correct the value.");
        if (isOff)
        {
            CheckForeignKeysOff(migration, statement, capabilities);
        }

        return isOff;
    }

    private static void CheckForeignKeysOff(Migration migration, ScriptStatement statement, DatabaseCapabilities capabilities)
    {
        if (!capabilities.ForeignKeysOff)
        {
            throw Refuse(migration, statement, $"the engine '{capabilities.SystemName}' cannot switch foreign keys off for a migration. Order the statements so that no foreign key is violated in between.");
        }
    }

    // each directive of the statement
    private static bool Directives(Migration migration, ScriptStatement statement, DatabaseCapabilities capabilities)
    {
        var foreignKeysOff = false;
        foreach (var directive in statement.Directives)
        {
            if (directive.Is(Lint.Model.Acknowledgement.Directive))
            {
                continue;
            }

            var at = statement with { Line = directive.Line, Column = 1 };
            if (directive.Is(ScriptRebuild.Directive))
            {
                if (ScriptRebuild.Refusal(statement, capabilities) is { } reason)
                {
                    throw Refuse(migration, at, reason);
                }

                continue;
            }

            if (!directive.Is(ForeignKeysOffDirective))
            {
                throw Refuse(migration, at, $"the directive '{directive.Name}' is not known. Correct it.");
            }

            if (statement.Number != 1 || directive.Arguments.Length > 0)
            {
                throw Refuse(migration, at, $"the directive '{ForeignKeysOffDirective}' is about the whole migration: it stands before the first statement and takes no argument. Move it there.");
            }

            CheckForeignKeysOff(migration, at, capabilities);
            foreignKeysOff = true;
        }

        return foreignKeysOff;
    }

    private static MigrationException Refuse(Migration migration, ScriptStatement statement, string reason)
        => new($"Migration {migration}{MigrationFailure.Place(statement)}: {reason} Nothing {(migration.Code is null ? string.Empty : "of it ")}was applied.")
        {
            Identity = migration.Identity,
            Line = MigrationFailure.Known(statement.Line),
            Column = MigrationFailure.Known(statement.Column),
            Statement = MigrationFailure.Known(statement.Number),
        };
}
