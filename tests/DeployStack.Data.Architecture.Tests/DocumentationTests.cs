using System.Text.RegularExpressions;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class DocumentationTests
{
    private static IEnumerable<string> Pages => Repository.Files("docs", ".md").Prepend("README.md");

    [Fact]
    public void Every_code_block_is_a_compiled_snippet()
    {
        var snippets = Snippets();
        var wrong = new List<string>();
        foreach (var page in Pages)
        {
            foreach (Match block in CodeBlock().Matches(Repository.Read(page)))
            {
                var name = block.Groups["name"].Value;
                wrong.AddRange(name.Length == 0 ? [$"{page}: a block without <!-- snippet: name --> above it"]
                    : !snippets.TryGetValue(name, out var code) ? [$"{page}: there is no snippet {name}"]
                    : code != block.Groups["code"].Value.TrimEnd('\n') ? [$"{page}: {name} differs from samples/Snippets; the snippet reads\n{code}"]
                    : []);
            }
        }

        Rule.Holds(wrong, "Code in the docs is a copy of a region // snippet: <name> … // end snippet in samples/Snippets.");
    }

    [Fact]
    public void Every_snippet_is_shown_somewhere()
    {
        var shown = Pages.SelectMany(page => CodeBlock().Matches(Repository.Read(page)).Select(block => block.Groups["name"].Value)).ToHashSet();
        Rule.Holds(Snippets().Keys.Where(name => !shown.Contains(name)), "Show it in a page, or delete it.");
        Assert.NotEmpty(shown);
    }

    [Fact]
    public void Links_to_files_resolve()
        => Rule.Holds(
            from page in Pages
            from Match link in Link().Matches(Fence().Replace(Repository.Read(page), ""))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            where !Repository.Exists(Path.Combine(Path.GetDirectoryName(page)!, target))
            select $"{page}: {target}",
            "Correct the link.");

    [Fact]
    public void Decisions_are_numbered_without_gaps()
    {
        var numbers = Repository.Files("docs/decisions", ".md").Select(file => Path.GetFileName(file)[..4]).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => $"{number:0000}"), numbers);
    }

    private static Dictionary<string, string> Snippets()
        => (from file in Repository.Files("samples/Snippets", ".cs")
            from Match region in Region().Matches(Repository.Read(file))
            select (Name: region.Groups["name"].Value, Code: Dedent(region.Groups["code"].Value))).ToDictionary(each => each.Name, each => each.Code);

    private static string Dedent(string code)
    {
        var lines = code.TrimEnd().Split('\n');
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length < indent ? "" : line[indent..].TrimEnd()));
    }

    [GeneratedRegex(@"(<!-- snippet: (?<name>[\w-]+) -->\n)?^[ ]*```(csharp|cs|c#)\n(?<code>.*?)^[ ]*```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeBlock();

    [GeneratedRegex("^[ ]*```.*?^[ ]*```$", RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^[ ]*// snippet: (?<name>[\w-]+)\n(?<code>.*?)^[ ]*// end snippet$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Region();

    [GeneratedRegex(@"(?<!!)\[[^\]\n]*\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
