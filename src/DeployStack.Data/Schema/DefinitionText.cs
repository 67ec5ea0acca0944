using System.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Schema;

/// <summary>Reads definitions as the engine does: by their tokens. Pure.</summary>
internal static class DefinitionText
{
    /// <summary>Whether two definitions mean the same.</summary>
    public static bool AreEqual(string left, string right)
        => string.Equals(left, right, StringComparison.Ordinal) || Keys(left).SequenceEqual(Keys(right), StringComparer.Ordinal);

    /// <summary>A definition in lines: a column, a constraint or a statement of a trigger each.</summary>
    public static IReadOnlyList<DefinitionLine> Lines(string definition)
    {
        var lines = new List<DefinitionLine>();
        var text = new StringBuilder();
        var key = new StringBuilder();
        var depth = 0;
        var isSpaced = false;
        foreach (var (start, end) in Tokens(definition))
        {
            if (SqlScanner.IsBlank(definition, start))
            {
                isSpaced = true;
                continue;
            }

            var mark = end - start == 1 ? definition[start] : '\0';
            if (mark == ')')
            {
                if (depth == 1)
                {
                    Break();
                }

                depth--;
            }

            text.Append(isSpaced && text.Length > 0 ? " " : string.Empty).Append(definition, start, end - start);
            key.Append(KeyOf(definition[start..end])).Append(' ');
            isSpaced = false;
            if ((mark == '(' && ++depth == 1) || (mark == ',' && depth == 1) || mark == ';')
            {
                Break();
            }
        }

        Break();
        return lines;

        void Break()
        {
            if (text.Length > 0)
            {
                lines.Add(new(key.ToString(), (depth > 0 && text[^1] != '(' ? "    " : string.Empty) + text));
                text.Clear();
                key.Clear();
            }

            isSpaced = false;
        }
    }

    private static IEnumerable<string> Keys(string definition)
        => Tokens(definition).Where(token => !SqlScanner.IsBlank(definition, token.Start)).Select(token => KeyOf(definition[token.Start..token.End]));

    private static IEnumerable<(int Start, int End)> Tokens(string definition)
    {
        for (var start = 0; start < definition.Length;)
        {
            var end = SqlScanner.EndOfToken(definition, start);
            yield return (start, end);
            start = end;
        }
    }

    // a quoted name is the name; quotes that it needs are part of the key, so that "a b" is no two words
    private static string KeyOf(string token)
        => token[0] == '\'' ? token
            : token.Length > 2 && token[0] is '"' or '`' or '[' && token.AsSpan(1, token.Length - 2).IndexOfAnyExcept(_namePart) < 0 ? token[1..^1].ToUpperInvariant()
            : token.ToUpperInvariant();

    private static readonly System.Buffers.SearchValues<char> _namePart = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
