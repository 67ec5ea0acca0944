using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Lint.Parsing;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint.Rules;

/// <summary>SC501: <c>"text"</c> where a value stands. In double quotes stands a name; SQLite takes it as a string only in
/// builds that still allow it.</summary>
/// <remarks>Found where a value is certain or likely: in VALUES, and beside comparisons if it is no name that is known.
/// DEFAULT is left out, where SQLite takes a name as a string in every build.</remarks>
internal static class StringRule
{
    private static readonly string[] _beforeValues = ["LIKE", "GLOB", "REGEXP", "THEN", "ELSE"];

    public static IEnumerable<LintDraft> Check(LintStep step)
    {
        if (!step.Statement.Sql.Contains('"', StringComparison.Ordinal))
        {
            yield break;
        }

        var reader = new TokenReader(step.Statement.Sql);
        HashSet<string>? known = null;
        var values = 0; // behind VALUES up to here
        for (var i = 0; i < reader.Count; i++)
        {
            if (reader.IsWordAt(i, "VALUES"))
            {
                values = EndOfValues(reader, i + 1);
            }

            if (!reader.IsInDoubleQuotes(i) || reader.IsSymbolAt(i - 1, '.') || reader.IsSymbolAt(i + 1, '.'))
            {
                continue;
            }

            var isValue = i < values && (reader.IsSymbolAt(i - 1, '(') || reader.IsSymbolAt(i - 1, ','));
            if (isValue || (IsBesideComparison(reader, i) && !(known ??= Known(step, reader)).Contains(reader.At(i)) && (!IsIdentifier(reader.At(i)) || IsComplete(step, reader))))
            {
                yield return step.Find(LintRules.StringInDoubleQuotes, "A text stands in double quotes, in which names stand: the engine looks for a column of that name and finds none. Write it in single quotes.");
                yield break;
            }
        }
    }

    // VALUES (…), (…); a query inside may name columns
    private static int EndOfValues(TokenReader reader, int position)
    {
        var start = position;
        while (reader.IsSymbolAt(position, '('))
        {
            position = reader.EndOf(position);
            position += reader.IsSymbolAt(position, ',') ? 1 : 0;
        }

        return Enumerable.Range(start, position - start).Any(i => reader.IsWordAt(i, "SELECT")) ? 0 : position;
    }

    private static bool IsBesideComparison(TokenReader reader, int i)
        => reader.IsSymbolAt(i - 1, '=') || reader.IsSymbolAt(i - 1, '>') || reader.IsSymbolAt(i - 1, '<') || reader.IsSymbolAt(i - 1, '|')
            || Array.Exists(_beforeValues, word => reader.IsWordAt(i - 1, word))
            || (reader.IsSymbolAt(i - 1, '(') && reader.IsWordAt(i - 2, "IN"));

    private static HashSet<string> Known(LintStep step, TokenReader reader)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "rowid", "oid", "_rowid_", "excluded" };
        foreach (var table in step.Schema.Tables)
        {
            known.Add(table.Name);
            known.UnionWith(table.Definition?.Columns.Select(static column => column.Name) ?? []);
        }

        for (var i = 0; i < reader.Count; i++)
        {
            if (reader.KindAt(i) == SqlTokenKind.Word || (reader.KindAt(i) == SqlTokenKind.Name && !IsBesideComparison(reader, i)))
            {
                known.Add(reader.At(i));
            }
        }

        return known;
    }

    private static bool IsIdentifier(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or > '\x7f');

    // whether the columns of all tables that the statement names are known
    private static bool IsComplete(LintStep step, TokenReader reader)
        => Enumerable.Range(1, Math.Max(0, reader.Count - 1))
            .Where(i => reader.IsWordAt(i - 1, "FROM") || reader.IsWordAt(i - 1, "JOIN") || reader.IsWordAt(i - 1, "INTO") || reader.IsWordAt(i - 1, "UPDATE") || reader.IsWordAt(i - 1, "TABLE"))
            .All(i => step.Schema.Table(reader.At(i))?.Definition is not null);
}
