using DeployStack.Data.Migrations.Scripts;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Migrations.Running;

/// <summary>A migration taken apart into the batch that applies it.</summary>
/// <param name="Migration">The script.</param>
/// <param name="Statements">Its statements, without those that the runner does itself.</param>
/// <param name="ForeignKeysOff">Whether the script switches foreign keys off: a statement in a transaction cannot, the
/// batch can.</param>
internal sealed record MigrationBatch(Migration Migration, IReadOnlyList<ScriptStatement> Statements, bool ForeignKeysOff)
{
    private const string ForeignKeyCheck = "PRAGMA foreign_key_check";

    /// <exception cref="MigrationException">The script cannot be taken apart, or holds what may not run.</exception>
    public static MigrationBatch Of(Migration migration, DatabaseCapabilities capabilities)
    {
        var statements = new List<ScriptStatement>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        var foreignKeysOff = false;
        var script = ScriptSplitter.Split(migration.Script, out var fault);
        foreach (var statement in script)
        {
            CheckAllowed(migration, statement);
            if (statement.Directives is [var unknown, ..])
            {
                throw Refuse(migration, statement with { Line = unknown.Line }, $"the directive '{unknown.Name}' is not known. Correct it.");
            }

            if (Pragma.Parse(statement.Sql) is { Value: not null } pragma && pragma.Is("foreign_keys"))
            {
                foreignKeysOff |= !pragma.Switch ?? throw Refuse(migration, statement, "PRAGMA foreign_keys is set to neither ON nor OFF. Correct the value.");
                if (foreignKeysOff && !capabilities.ForeignKeysOff)
                {
                    throw Refuse(migration, statement, $"the engine '{capabilities.SystemName}' cannot switch foreign keys off for a migration. Order the statements so that no foreign key is violated in between.");
                }
            }
            else
            {
                // an error names the statement by its text: a comment tells those that are equal apart
                statements.Add(texts.Add(statement.Sql) ? statement : statement with { Sql = $"{statement.Sql} /* statement {statement.Number} */" });
            }
        }

        return fault is null
            ? new(migration, statements, foreignKeysOff)
            : throw Refuse(migration, new(string.Empty, fault.Statement, fault.Line), fault.Message + ". Complete the script.");
    }

    /// <summary>The batch: the history row first, so that of two processes one fails before it did anything.</summary>
    public IReadOnlyList<SqlStatement> ToSql(DateTimeOffset now)
    {
        var sql = new List<SqlStatement>(Statements.Count + 2) { MigrationHistory.Insert(Migration, now) };
        sql.AddRange(Statements.Select(static statement => new SqlStatement(statement.Sql)
        {
            Expectation = Pragma.Parse(statement.Sql) is { } pragma && pragma.Is("foreign_key_check") ? StatementExpectation.NoRows : null,
        }));
        if (ForeignKeysOff)
        {
            sql.Add(new(ForeignKeyCheck) { Expectation = StatementExpectation.NoRows });
        }

        return sql;
    }

    /// <summary>What the caller gets for a batch that failed.</summary>
    public MigrationException Failure(DatabaseException error)
    {
        var statement = Statements.FirstOrDefault(each => string.Equals(each.Sql, error.Sql, StringComparison.Ordinal));
        var where = statement is null ? string.Empty : $" at statement {statement.Number}, line {statement.Line}";
        var what = error.Kind == DatabaseErrorKind.ExpectationFailed ? "It leaves rows that violate a foreign key (PRAGMA foreign_key_check)." : error.Message;
        var kept = error.OutcomeUnknown ? "Whether it was committed is unknown: run ApplyAsync again, which reads the history first."
            : error.IsTransient ? "Nothing of it was kept. Run ApplyAsync again."
            : "Nothing of it was kept; the database stands at the migration before. Remove the cause and run ApplyAsync again.";
        return new(error.Kind == DatabaseErrorKind.Busy ? DatabaseErrorKind.MigrationLocked : DatabaseErrorKind.MigrationFailed, $"Migration {Migration} failed{where}: {what} {kept}", error)
        {
            Identity = Migration.Identity,
            Line = statement?.Line,
            Statement = statement?.Number,
            RetryCanSucceed = error.IsTransient,
            OutcomeUnknown = error.OutcomeUnknown,
            TransactionRolledBack = error.TransactionRolledBack,
            NativeErrorCode = error.NativeErrorCode,
            NativeExtendedErrorCode = error.NativeExtendedErrorCode,
            Table = error.Table,
            Columns = error.Columns,
            Constraint = error.Constraint,
            ParentTable = error.ParentTable,
            Holder = error.Holder,
            Label = error.Label,
            Sql = error.Sql,
        };
    }

    private static void CheckAllowed(Migration migration, ScriptStatement statement)
    {
        try
        {
            StatementGuard.Check(statement.Sql);
        }
        catch (DatabaseException refusal) // the same rule as in any unit of work, with the line of the script
        {
            throw Refuse(
                migration,
                statement,
                refusal.Kind == DatabaseErrorKind.SessionMisuse
                    ? $"{StatementKeyword.First(statement.Sql).ToString().ToUpperInvariant()} is not allowed: every migration is one transaction already. Delete the statement."
                    : refusal.Message);
        }
    }

    private static MigrationException Refuse(Migration migration, ScriptStatement statement, string reason)
        => new($"Migration {migration}, line {statement.Line}: {reason} Nothing was applied.")
        {
            Identity = migration.Identity,
            Line = statement.Line,
            Statement = statement.Number,
        };
}
