using System.Text.RegularExpressions;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_ERROR: a wrong statement, or one that the schema, a limit or the state of the connection forbids.</summary>
internal static partial class StatementFacts
{
    private const string Correct = "Correct the statement; its text is the property Sql of this exception.";
    private const string NotRun = "Nothing was run.";

    private static readonly string[] _limits =
        ["too many ", "at most ", "statement too long", "Expression tree is too large", "parser stack overflow", "LIKE or GLOB pattern too complex", "parse tree too deep"];

    private static readonly string[] _values =
        ["malformed JSON", "bad JSON path", "JSON ", "fts5: ", "malformed MATCH", "unterminated string", "unknown special query", "ESCAPE expression", "integer overflow"];

    private static readonly string[] _forbidden = ["unsafe use of", "access to ", "not authorized", "authorizer malfunction"];

    public static ErrorFacts Of(string text, in ErrorContext context)
        => Missing(text, context.Sql)
        ?? Syntax(text, context.Sql)
        ?? State(text)
        ?? Limited(text, context)
        ?? new(DatabaseErrorKind.InvalidSql, $"SQLite refused the statement: {SafeText.Of(text, context.Sql)}", Correct);

    private static ErrorFacts? Missing(string text, string? sql)
    {
        if (MissingObject().Match(text) is { Success: true } item)
        {
            var (what, name) = (item.Groups["what"].Value, item.Groups["name"].Value.Trim());
            return new(DatabaseErrorKind.SchemaMissing, $"no such {what}: {Shown(name)}", "Create it with a migration, or correct the name.")
            {
                Kept = NotRun,
                Table = what is "table" or "view" ? WithoutSchema(name) : null,
            };
        }

        if (MissingInsertColumn().Match(text) is { Success: true } target)
        {
            var (table, column) = (target.Groups["table"].Value, target.Groups["column"].Value);
            var known = SqlText.HasName(sql, column);
            return new(DatabaseErrorKind.SchemaMissing, $"table {Shown(table)} has no column {(known ? $"named {column}" : "of a name in the statement")}", "Add the column with a migration, or correct the name.")
            {
                Kept = NotRun,
                Table = WithoutSchema(table),
                Columns = known ? [column] : [],
            };
        }

        if (!text.StartsWith("no such column: ", StringComparison.Ordinal))
        {
            return null;
        }

        // A name in quotes may be a literal in the wrong ones, a name that is not in the SQL a word of a full-text query.
        var missing = text["no such column: ".Length..];
        return SqlText.HasName(sql, missing)
            ? new(DatabaseErrorKind.SchemaMissing, $"no such column: {missing}", "Add the column with a migration, or correct the name.") { Kept = NotRun, Columns = [missing[(missing.LastIndexOf('.') + 1)..]] }
            : new(DatabaseErrorKind.SchemaMissing, "no such column: a name in double quotes, in a view or trigger, or in a full-text query", "Correct the name; a text takes single quotes or, better, a parameter.") { Kept = NotRun };
    }

    private static ErrorFacts? Syntax(string text, string? sql)
    {
        if (text is "incomplete input")
        {
            return new(DatabaseErrorKind.InvalidSql, "The SQL text ends before the statement does (syntax error)", Correct) { Kept = NotRun };
        }

        if (NearToken().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var token = match.Groups["token"].Value;
        var near = SqliteWords.IsKeyword(token) ? $" near the keyword {token}" : string.Empty;
        var place = SqlText.Place(sql, token) is { } found ? $" at {found}" : string.Empty;
        return new(DatabaseErrorKind.InvalidSql, $"The SQL text has a syntax error{near}{place}", Correct) { Kept = NotRun };
    }

    private static ErrorFacts? State(string text)
    {
        if (TransactionState().IsMatch(text))
        {
            return new(DatabaseErrorKind.SessionMisuse, $"The statement does not fit the transaction: {SafeText.Of(text)}", "A unit of work begins and ends its transaction itself; leave BEGIN, COMMIT and ROLLBACK to it, and run what SQLite forbids inside a transaction outside.");
        }

        return text.StartsWith("too many attached databases", StringComparison.Ordinal)
            ? new(DatabaseErrorKind.NotSupported, "ATTACH is switched off on the connections of the library", "Register the other file as a database of its own, under a name.")
            : null;
    }

    private static ErrorFacts? Limited(string text, in ErrorContext context)
    {
        if (text is "unsupported file format")
        {
            return ContentFacts.NewerFormat(context);
        }

        if (Starts(_limits, text))
        {
            return new(DatabaseErrorKind.TooLarge, $"The statement exceeds a limit of SQLite: {SafeText.Of(text, context.Sql)}", "Split it; a list of values goes into one list parameter.") { Kept = NotRun };
        }

        if (Starts(_forbidden, text) || ProtectedTable().IsMatch(text))
        {
            return new(DatabaseErrorKind.NotAuthorized, $"SQLite forbids what the statement does: {SafeText.Of(text, context.Sql)}", "The connections are opened with trusted_schema=OFF and defensive; leave SQLite's own tables alone, and functions of the application out of the schema.");
        }

        return Starts(_values, text)
            ? new(DatabaseErrorKind.InvalidParameter, $"A value is not what the function or full-text table takes: {SafeText.Of(text, context.Sql)}", "Correct the value, or check the stored data that the statement reads.")
            : null;
    }

    private static bool Starts(string[] beginnings, string text) => Array.Exists(beginnings, beginning => text.StartsWith(beginning, StringComparison.Ordinal));

    private static string Shown(string name) => name.Length <= 128 ? name : name[..128] + "…";

    private static string WithoutSchema(string name)
        => name.StartsWith("main.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("temp.", StringComparison.OrdinalIgnoreCase) ? name[5..] : name;

    [GeneratedRegex("^no such (?<what>table|view|index|trigger): (?<name>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex MissingObject();

    [GeneratedRegex("^table (?<table>.+) has no column named (?<column>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex MissingInsertColumn();

    [GeneratedRegex("""^(near|unrecognized token:) "(?<token>.*)"(: syntax error)?$""", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex NearToken();

    [GeneratedRegex("^(cannot (start a transaction|commit|rollback|VACUUM|open savepoint|release savepoint|change .* wal mode|ATTACH|DETACH)|no such savepoint|abort due to ROLLBACK|Safety level|temporary storage cannot)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TransactionState();

    [GeneratedRegex("^table .+ may not be (modified|dropped|altered|indexed)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProtectedTable();
}
