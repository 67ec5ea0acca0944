using System.Globalization;
using System.Text;
using DeployStack.Data.Migrations.Scripts;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Bundle;

/// <summary>SQL text as the shell takes it, line by line. Pure.</summary>
internal static class ShellText
{
    // milliseconds of Unix time by the clock of whoever runs the script
    private const string Now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    private const string AppliedAt = "@appliedAt";

    /// <summary>Why the shell would not execute a statement as it stands, or <see langword="null"/>.</summary>
    public static string? WhyNot(string sql)
    {
        if (sql.FirstOrDefault(static c => char.IsControl(c) && c is not ('\n' or '\t')) is var control and not '\0')
        {
            return $"it holds the control character U+{(int)control:X4}, which the sqlite3 shell writes otherwise than it reads.";
        }

        return SqlTokenizer.Tokens(sql).Any(token => token.Of(sql).ToUpperInvariant() is "GO" or "/" && StandsAlone(sql, token))
            ? "it has a line that consists of 'go' or '/', with which the sqlite3 shell ends a statement."
            : null;
    }

    /// <summary>A statement with its values in place of its parameters.</summary>
    public static string WithValues(SqlStatement statement)
    {
        if (statement.Parameters is not { } parameters)
        {
            return statement.Sql;
        }

        var values = parameters.GetType().GetProperties().ToDictionary(static property => "@" + property.Name, property => property.GetValue(parameters), StringComparer.Ordinal);
        var text = new StringBuilder();
        foreach (var token in SqlTokenizer.Tokens(statement.Sql))
        {
            var part = token.Of(statement.Sql);
            text.Append(part is AppliedAt ? Now : values.TryGetValue(part, out var value) ? LiteralOf(value) : part);
        }

        return text.ToString();
    }

    private static string LiteralOf(object? value) => value switch
    {
        null => "NULL",
        string text => SqlName.Text(text),
        bool flag => flag ? "1" : "0",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"A {value.GetType().Name} has no literal."),
    };

    private static bool StandsAlone(string sql, SqlToken token)
    {
        var start = sql.LastIndexOf('\n', Math.Max(token.Start - 1, 0)) + 1;
        var end = sql.IndexOf('\n', token.End);
        return sql.AsSpan(0, token.Start)[Math.Min(start, token.Start)..].IsWhiteSpace() && sql.AsSpan(token.End, (end < 0 ? sql.Length : end) - token.End).IsWhiteSpace();
    }
}
