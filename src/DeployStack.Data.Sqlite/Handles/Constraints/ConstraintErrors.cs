using System.Diagnostics;
using DeployStack.Data.Schema;
using DeployStack.Data.Sqlite.Errors;
using DeployStack.Data.Sqlite.Handles.Principals;

namespace DeployStack.Data.Sqlite.Handles.Constraints;

/// <summary>Completes the error of a violated constraint from the schema: SQLite's text lacks the table of a CHECK, of a
/// unique index on an expression, of a trigger, and everything of a foreign key.</summary>
internal static class ConstraintErrors
{
    /// <summary>The completed error, or the error as it was where the schema does not tell.</summary>
    /// <param name="handle">The handle on which the statement failed.</param>
    /// <param name="failure">What SQLite said.</param>
    /// <param name="error">The error made of it.</param>
    /// <param name="statement">The failed statement, reset and with its parameters still bound.</param>
    public static DatabaseException Describe(SqliteHandle handle, NativeFailure failure, DatabaseException error, SqliteStatement statement)
    {
        if (ConstraintFacts.IsForeignKey(failure.Extended, failure.Text))
        {
            return failure.InTransaction ? ForeignKeyErrors.Describe(handle, error, statement) : error;
        }

        handle.Guard.OnlyUntil = Stopwatch.GetTimestamp() + ForeignKeySearch.MaxTime;
        try
        {
            var schema = new SchemaReader(handle.Db);
            var isVisible = Visible(handle, statement);
            var facts = failure.Extended switch
            {
                ConstraintFacts.Check when error.Constraint is { } name => CheckOf(schema, name, statement.Sql, isVisible),
                ConstraintFacts.Unique when error is { Table: null, Constraint: { } name } => IndexOf(schema, name),
                ConstraintFacts.Trigger => TriggerOf(schema, failure.Text, isVisible),
                _ => null,
            };
            return facts is null ? error : SqliteErrors.Refine(error, facts(ConstraintFacts.Of(failure.Extended, failure.Text, new() { IsWrite = true, AutocommitAfter = !failure.InTransaction })));
        }
        finally
        {
            handle.Guard.OnlyUntil = null;
        }
    }

    // A principal chooses names and texts of its own, and must not learn who else has the same.
    private static Predicate<string> Visible(SqliteHandle handle, SqliteStatement statement)
        => statement.Confinement is { } confined ? table => PrincipalRights.Owns(handle.Authorizer.Principals, confined.Principal, table) : static _ => true;

    // A trigger of the written table may write others: several tables with such a constraint, and nobody can tell.
    private static Func<ErrorFacts, ErrorFacts>? CheckOf(SchemaReader schema, string name, string sql, Predicate<string> isVisible)
    {
        if (schema.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND instr(sql, ?1) > 0", name) is not { Count: > 0 } tables)
        {
            return null;
        }

        var found = tables.ConvertAll(static row => (Name: row[0]!, Expression: row[1]!));
        found.RemoveAll(table => !isVisible(table.Name) || CheckExpression.Find(table.Expression, name) is null);
        if (found.Count > 1 && StatementTarget.Of(sql) is { } target && schema.Query("SELECT 1 FROM sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = lower(?1)", target.Table) is [])
        {
            found.RemoveAll(table => !table.Name.Equals(target.Table, StringComparison.OrdinalIgnoreCase));
        }

        if (found is not [var only])
        {
            return null;
        }

        var words = SqlText.Words(CheckExpression.Find(only.Expression, name)!);
        var columns = schema.Query("SELECT name FROM pragma_table_xinfo(?1)", only.Name)?.Select(static row => row[0]!).Where(words.Contains).ToList() ?? [];
        return facts => facts with { What = $"CHECK constraint failed: {name} of the table {only.Name}", Table = only.Name, Columns = columns };
    }

    private static Func<ErrorFacts, ErrorFacts>? IndexOf(SchemaReader schema, string name)
        => schema.Query("SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = ?1", name) is [[{ } table]]
            ? facts => facts with { What = $"{facts.What} of the table {table}", Table = table }
            : null;

    // RAISE can take an expression, and that could hold values: its text is repeated only if the schema has it as it is.
    private static Func<ErrorFacts, ErrorFacts>? TriggerOf(SchemaReader schema, string text, Predicate<string> isVisible)
    {
        var literal = SqlName.Text(text);
        if (schema.Query("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'trigger' AND instr(sql, ?1) > 0", literal)?.FindAll(row => isVisible(row[1]!)) is not { Count: > 0 } triggers)
        {
            return null;
        }

        var tables = triggers.Select(static row => row[1]!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return facts => facts with
        {
            What = $"A trigger refused the statement: {text}",
            Table = tables is [var table] ? table : null,
            Constraint = triggers is [[{ } trigger, _]] ? trigger : null,
        };
    }
}
