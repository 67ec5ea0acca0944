using System.Text.RegularExpressions;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class LintCodeTests
{
    [Fact]
    public void Every_rule_of_the_lint_stands_in_the_table_of_its_page()
    {
        var rules = RuleLine().Matches(Text("src/DeployStack.Data/Migrations/Lint/LintRules.cs")).Select(match => $"| {match.Groups["code"].Value} | {match.Groups["severity"].Value} | {match.Groups["title"].Value} |").ToList();
        Assert.NotEmpty(rules);
        var rows = Row().Matches(Text("docs/features/migrations.md")).Select(match => match.Value.TrimEnd());
        Assert.Equal(rules, rows);
    }

    private static string Text(string file) => string.Join('\n', Repository.Lines(file));

    [GeneratedRegex("new\\(\"(?<code>[A-Z]{2}[0-9]{3})\", (?<severity>[A-Za-z]+), \"(?<title>[^\"]+)\"\\)", RegexOptions.None, 1000)]
    private static partial Regex RuleLine();

    [GeneratedRegex(@"^\| [A-Z]{2}[0-9]{3} \| .*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Row();
}
