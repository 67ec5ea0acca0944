using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Running;

/// <summary>The error of a batch, told as the error of a migration.</summary>
internal static class MigrationFailure
{
    public static MigrationException Of(MigrationBatch batch, DatabaseException error)
    {
        // the row of the history is the first statement, the check of foreign keys may be behind the last
        var statement = error.StatementIndex is { } index && index > 0 && index <= batch.Statements.Count ? batch.Statements[index - 1] : null;
        var where = statement is null ? string.Empty
            : statement.Line > 0 ? $" at statement {statement.Number}, line {statement.Line}, column {statement.Column}" : $" at statement {statement.Number}";
        var what = batch.Rebuilds.Select(plan => plan.Explain(error)).FirstOrDefault(static text => text is not null) is { } explained ? explained
            : error.Kind == DatabaseErrorKind.ExpectationFailed && IsForeignKeyCheck(batch, statement) ? "It leaves rows that violate a foreign key (PRAGMA foreign_key_check)." : error.Message;
        var kept = error.OutcomeUnknown ? "Whether it was committed is unknown: run ApplyAsync again, which reads the history first."
            : error.IsTransient ? "Nothing of it was kept. Run ApplyAsync again."
            : "Nothing of it was kept; the database stands at the migration before. Remove the cause and run ApplyAsync again.";
        return new(error.Kind == DatabaseErrorKind.Busy ? DatabaseErrorKind.MigrationLocked : DatabaseErrorKind.MigrationFailed, $"Migration {batch.Migration} failed{where}: {what} {kept}", error)
        {
            Identity = batch.Migration.Identity,
            Line = Known(statement?.Line),
            Column = Known(statement?.Column),
            Statement = Known(statement?.Number),
            StatementIndex = error.StatementIndex,
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

    /// <summary>The error of a statement that could not even be planned.</summary>
    public static MigrationException Of(MigrationBatch batch, ScriptStatement statement, DatabaseException error)
        => new($"Migration {batch.Migration} failed at statement {statement.Number}, line {statement.Line}, column {statement.Column}: {error.Message} The database stands at the migration before.", error)
        {
            Identity = batch.Migration.Identity,
            Line = statement.Line,
            Column = statement.Column,
            Statement = statement.Number,
            Table = error.Table,
        };

    /// <summary>Where a statement stands; nothing for one that has no line.</summary>
    public static string Place(ScriptStatement statement) => statement switch
    {
        { Line: > 0, Column: > 1 } => $", line {statement.Line}, column {statement.Column}",
        { Line: > 0 } => $", line {statement.Line}",
        { Number: > 0 } => $", statement {statement.Number}",
        _ => string.Empty,
    };

    /// <summary>The message of somebody else's exception, so that a sentence can follow it.</summary>
    public static string Sentence(string message) => message.TrimEnd() is { Length: > 0 } text && text[^1] is not ('.' or '!' or '?') ? text + "." : message;

    /// <summary>Statements of classes have no lines, which is 0 inside and nothing outside.</summary>
    public static int? Known(int? place) => place > 0 ? place : null;

    private static bool IsForeignKeyCheck(MigrationBatch batch, ScriptStatement? statement)
        => statement is null ? batch.ForeignKeysOff : Pragma.Parse(statement.Sql) is { } pragma && pragma.Is(MigrationPragma.ForeignKeyCheck);
}
