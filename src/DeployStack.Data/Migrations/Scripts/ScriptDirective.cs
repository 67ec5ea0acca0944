namespace DeployStack.Data.Migrations.Scripts;

/// <summary>A comment that the runner understands: <c>-- deploystack: name arguments</c>, or the same in <c>/* … */</c>.</summary>
/// <param name="Name">The first word.</param>
/// <param name="Arguments">What follows it, trimmed; empty for nothing.</param>
/// <param name="Line">Where the comment begins, from 1.</param>
internal sealed record ScriptDirective(string Name, string Arguments, int Line)
{
    /// <summary>What the comment begins with.</summary>
    public const string Prefix = "deploystack:";

    /// <summary><see langword="null"/> for a comment that says nothing to the runner.</summary>
    /// <param name="comment">With its marks.</param>
    /// <param name="line">Where it begins.</param>
    public static ScriptDirective? Parse(string comment, int line)
    {
        var text = (comment.StartsWith("--", StringComparison.Ordinal) ? comment[2..] : comment[2..].Replace("*/", string.Empty, StringComparison.Ordinal)).Trim();
        if (!text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var words = text[Prefix.Length..].Trim().Split((char[]?)null, 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(words.Length > 0 ? words[0] : string.Empty, words.Length > 1 ? words[1] : string.Empty, line);
    }

    /// <summary>Whether it is the directive of this name, in any case.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
