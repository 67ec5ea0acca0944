using System.Text.RegularExpressions;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_CONSTRAINT: which constraint, of which table and columns, as far as SQLite's text says.</summary>
internal static partial class ConstraintFacts
{
    public const int Check = 275;
    public const int ForeignKey = 787;
    public const int NotNull = 1299;
    public const int PrimaryKey = 1555;
    public const int Trigger = 1811;
    public const int Unique = 2067;
    public const int VirtualTable = 2323;
    public const int RowId = 2579;
    public const int DataType = 3091;

    private const string RowKept = "The row was not written.";

    public static ErrorFacts Of(int extended, string text, in ErrorContext context) => extended switch
    {
        Unique or PrimaryKey or RowId => UniqueOf(text, extended == PrimaryKey ? "PRIMARY KEY" : "UNIQUE") with { Kept = Kept(context, RowKept) },
        NotNull => NotNullOf(text) with { Kept = Kept(context, RowKept) },
        Check => CheckOf(text) with { Kept = Kept(context, RowKept) },
        ForeignKey => ForeignKeyOf() with { Kept = Kept(context, "The change was not made.") },
        DataType => DataTypeOf(text) with { Kept = Kept(context, RowKept) },
        Trigger when IsRestrict(text) => ForeignKeyOf() with { Kept = Kept(context, "The change was not made.") },
        Trigger => new(
            DatabaseErrorKind.CheckViolation,
            "A trigger refused the statement with RAISE",
            "The triggers of the table say what they refuse."),
        VirtualTable => new(
            DatabaseErrorKind.CheckViolation,
            $"A virtual table refused the row: {SafeText.Of(text)}",
            "Give the row values that the table's module takes."),
        _ => new(
            DatabaseErrorKind.Unknown,
            $"A constraint failed (SQLite result code 19, extended {extended}): {SafeText.Of(text)}",
            "https://www.sqlite.org/rescode.html explains the codes."),
    };

    /// <summary>Whether a violated constraint is a foreign key. ON DELETE RESTRICT is a trigger to SQLite, and reports
    /// itself as one.</summary>
    public static bool IsForeignKey(int extended, string text) => extended == ForeignKey || (extended == Trigger && IsRestrict(text));

    /// <summary>Table and columns of a text such as <c>users.name, users.email</c>.</summary>
    /// <returns>Nothing where the names cannot be told apart: one of them holds a dot or a comma.</returns>
    internal static (string? Table, IReadOnlyList<string> Columns) Split(string names)
    {
        var parts = names.Split(", ");
        var dot = parts[0].IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0)
        {
            return (null, []);
        }

        var prefix = parts[0][..(dot + 1)];
        var columns = new List<string>();
        foreach (var part in parts)
        {
            if (!part.StartsWith(prefix, StringComparison.Ordinal) || part.Length == prefix.Length || part.IndexOf('.', prefix.Length) >= 0)
            {
                return (null, []);
            }

            columns.Add(part[prefix.Length..]);
        }

        return (prefix[..^1], columns);
    }

    private static bool IsRestrict(string text) => text is "FOREIGN KEY constraint failed";

    private static string? Kept(in ErrorContext context, string otherwise) => context.RolledBack ? null : otherwise;

    private static ErrorFacts UniqueOf(string text, string constraint)
    {
        const string WayOut = "Use another value, or say with INSERT … ON CONFLICT what is to happen to the row that has it.";
        if (Index().Match(text) is { Success: true } index)
        {
            var name = index.Groups["name"].Value;
            return new(DatabaseErrorKind.UniqueViolation, $"UNIQUE constraint failed: index '{name}'", WayOut) { Constraint = name };
        }

        var names = Names(text);
        var (table, columns) = Split(names);
        return new(DatabaseErrorKind.UniqueViolation, $"{constraint} constraint failed{Colon(names)}", WayOut) { Table = table, Columns = columns };
    }

    private static ErrorFacts NotNullOf(string text)
    {
        var names = Names(text);
        var (table, columns) = Split(names);
        return new(DatabaseErrorKind.NotNullViolation, $"NOT NULL constraint failed{Colon(names)}", "Give the column a value.") { Table = table, Columns = columns };
    }

    // SQLite gives the constraint's name or, where it has none, its expression from the schema; never a value.
    private static ErrorFacts CheckOf(string text)
    {
        var name = Names(text);
        return new(DatabaseErrorKind.CheckViolation, $"CHECK constraint failed{Colon(name)}", "Use a value that the constraint allows.") { Constraint = name.Length == 0 ? null : name };
    }

    private static ErrorFacts ForeignKeyOf() => new(
        DatabaseErrorKind.ForeignKeyViolation,
        "FOREIGN KEY constraint failed",
        "Write the parent row first, or delete the child rows first.");

    private static ErrorFacts DataTypeOf(string text)
    {
        if (StrictType().Match(text) is not { Success: true } match)
        {
            return new(DatabaseErrorKind.CheckViolation, "A value does not have the type of its column in a STRICT table", "Bind a value of the column's type.");
        }

        var (table, columns) = Split(match.Groups["column"].Value);
        return new(
            DatabaseErrorKind.CheckViolation,
            $"A {match.Groups["given"].Value} value cannot be stored in the {match.Groups["declared"].Value} column {match.Groups["column"].Value} of a STRICT table",
            "Bind a value of the column's type.")
        {
            Table = table,
            Columns = columns,
        };
    }

    private static string Names(string text) => text.IndexOf("failed: ", StringComparison.Ordinal) is var start and >= 0 ? text[(start + 8)..] : string.Empty;

    private static string Colon(string names) => names.Length == 0 ? string.Empty : $": {names}";

    [GeneratedRegex(@"failed: index '(?<name>.+)'$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Index();

    [GeneratedRegex(@"^cannot store (?<given>\w+) value in (?<declared>\w+) column (?<column>.+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex StrictType();
}
