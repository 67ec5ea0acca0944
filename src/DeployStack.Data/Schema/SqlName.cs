namespace DeployStack.Data.Schema;

/// <summary>Names and texts as SQLite reads and writes them.</summary>
internal static class SqlName
{
    // https://www.sqlite.org/lang_keywords.html
    private static readonly HashSet<string> _keywords = new(
        """
        ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE BEGIN BETWEEN BY CASCADE CASE CAST
        CHECK COLLATE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE
        DEFAULT DEFERRABLE DEFERRED DELETE DESC DETACH DISTINCT DO DROP EACH ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE EXISTS
        EXPLAIN FAIL FILTER FIRST FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP GROUPS HAVING IF IGNORE IMMEDIATE IN INDEX
        INDEXED INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS ISNULL JOIN KEY LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL
        NO NOT NOTHING NOTNULL NULL NULLS OF OFFSET ON OR ORDER OTHERS OUTER OVER PARTITION PLAN PRAGMA PRECEDING PRIMARY QUERY
        RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS
        SAVEPOINT SELECT SET TABLE TEMP TEMPORARY THEN TIES TO TRANSACTION TRIGGER UNBOUNDED UNION UNIQUE UPDATE USING VACUUM
        VALUES VIEW VIRTUAL WHEN WHERE WINDOW WITH WITHOUT
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Letters A to Z in any case are equal, and no others: SQLite folds no more.</summary>
    public static StringComparer Comparer { get; } = new AsciiComparer();

    public static bool Same(string? left, string? right) => Comparer.Equals(left, right);

    /// <summary>In double quotes.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>As it is where SQLite reads it back so, else in double quotes: ALTER TABLE … RENAME COLUMN writes the new
    /// name everywhere in the form that it was given.</summary>
    public static string Plain(string name) => IsPlain(name) ? name : Quote(name);

    /// <summary>A string literal.</summary>
    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>For a list in a message.</summary>
    public static string List(IEnumerable<string> names) => string.Join(", ", names);

    private static bool IsPlain(string name)
        => name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_') && !_keywords.Contains(name);

    private sealed class AsciiComparer : StringComparer
    {
        public override int Compare(string? x, string? y) => string.CompareOrdinal(Fold(x), Fold(y));

        public override bool Equals(string? x, string? y) => string.Equals(Fold(x), Fold(y), StringComparison.Ordinal);

        public override int GetHashCode(string obj) => Ordinal.GetHashCode(Fold(obj)!);

        private static string? Fold(string? name)
            => name is null || !name.Any(char.IsAsciiLetterUpper) ? name
                : string.Create(name.Length, name, static (span, text) =>
                {
                    for (var i = 0; i < span.Length; i++)
                    {
                        span[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
                    }
                });
    }
}
