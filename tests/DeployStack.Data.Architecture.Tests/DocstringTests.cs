using Mono.Cecil;
using Mono.Cecil.Rocks;

namespace DeployStack.Data.Architecture.Tests;

public sealed class DocstringTests
{
    public static TheoryData<string> Packages => Product.Packages;

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_public_member_has_a_docstring(string package)
    {
        var docs = new Docstrings(package);
        Rule.Holds(docs.PublicMembers().Where(member => docs.SummaryOf(member) is null).Select(DocCommentId.GetDocCommentId), "Say what it does, units, defaults, errors.");
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_docstring_says_more_than_the_name(string package)
    {
        var docs = new Docstrings(package);
        var empty = from member in docs.PublicMembers()
                    let summary = docs.SummaryOf(member)
                    where summary is not null && !Docstrings.SaysMore(summary, member.Name, member.DeclaringType?.Name ?? "")
                    select $"{DocCommentId.GetDocCommentId(member)}: \"{summary}\"";
        Rule.Holds(empty, "Say something that the name does not.");
    }

    [Theory]
    [InlineData("Gets or sets the busy timeout.", "BusyTimeout", "SqliteOptions", false)]
    [InlineData("The options.", "Options", "Unit", false)]
    [InlineData("How long a statement waits for a lock; default 10 s.", "BusyTimeout", "SqliteOptions", true)]
    public void A_paraphrase_is_told_from_a_docstring(string summary, string name, string type, bool saysMore)
        => Assert.Equal(saysMore, Docstrings.SaysMore(summary, name, type));

    [Fact]
    public void The_documentation_of_the_core_is_read()
    {
        var docs = new Docstrings(Product.Core);
        Assert.Contains(docs.PublicMembers(), member => member.Name == nameof(IDeployStackDatabase.ReadAsync) && docs.SummaryOf(member) is { Length: > 20 });
        Assert.Contains(docs.PublicMembers(), member => member is PropertyDefinition { Name: nameof(SqlStatement.Sql) });
    }
}
