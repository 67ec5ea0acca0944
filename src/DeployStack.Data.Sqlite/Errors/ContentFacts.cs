using System.Text.RegularExpressions;

namespace DeployStack.Data.Sqlite.Errors;

/// <summary>SQLITE_CORRUPT and SQLITE_NOTADB.</summary>
internal static partial class ContentFacts
{
    private const int VirtualTable = 267;
    private const int Sequence = 523;
    private const int Index = 779;
    private const int Checksum = 8202;

    public static ErrorFacts Corrupt(int extended, string text, in ErrorContext context)
    {
        var schema = MalformedSchema().Match(text);
        var finding = extended switch
        {
            VirtualTable => "the content of a virtual table is inconsistent",
            Sequence => "the table sqlite_sequence is damaged",
            Index => "an index disagrees with its table",
            Checksum => "a page fails its checksum",
            _ when schema.Success => $"its schema is malformed at '{schema.Groups["name"].Value}'{(text.Contains("unsafe use", StringComparison.Ordinal) ? ", which uses a function that trusted_schema=OFF forbids there" : string.Empty)}",
            _ => "a page does not hold what it must",
        };
        return new(
            DatabaseErrorKind.Corrupt,
            $"The content of {context.Database} is damaged: {finding}",
            "Stop writing to it, copy the file together with its -wal, and restore the newest verified backup; PRAGMA integrity_check lists the damage.")
        {
            Kept = "SQLite repaired and removed nothing.",
            Table = schema.Success ? schema.Groups["name"].Value : null,
        };
    }

    public static ErrorFacts NotADatabase(in ErrorContext context) => new(
        DatabaseErrorKind.NotADatabase,
        $"{Upper(context.Database)} is not a SQLite database: its header is not SQLite's, or it is encrypted",
        "Check the path; if a database belongs there, restore a backup.")
    {
        Kept = "The file is untouched.",
    };

    public static ErrorFacts NewerFormat(in ErrorContext context) => new(
        DatabaseErrorKind.NotADatabase,
        $"{Upper(context.Database)} has a schema format that this version of SQLite does not know (unsupported file format)",
        "Open it with the newer SQLite that wrote it, or restore a backup.")
    {
        Kept = "The file is untouched.",
    };

    /// <summary>The text with a capital, to begin a sentence.</summary>
    private static string Upper(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"^malformed database schema \((?<name>[^)]{1,128})\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MalformedSchema();
}
