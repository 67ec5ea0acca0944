using System.Text.RegularExpressions;

namespace DeployStack.Data.Architecture.Tests;

public sealed partial class DapperTests
{
    [Fact]
    public void One_file_knows_Dapper()
    {
        var files = Repository.Files("src", ".cs").Where(file => Mention().IsMatch(Product.WithoutCommentsAndText(Repository.Read(file))));
        Assert.Single(files);
    }

    [Fact]
    public void One_type_of_all_packages_is_compiled_against_Dapper()
    {
        var types = new List<string>();
        foreach (var package in Product.Names)
        {
            using var module = Product.Load(package);
            types.AddRange(module.Types.Where(type => Edges.UsedBy(type).Any(used => used.Scope.Name == "Dapper")).Select(type => type.FullName));
        }

        Assert.Single(types);
    }

    [Theory]
    [InlineData("/// <c>Dapper</c> is the user's own tool", 0)]
    [InlineData("var s = \"Dapper\";", 0)]
    [InlineData("using Dapper;", 1)]
    public void Comments_and_texts_are_no_mention(string code, int mentions)
        => Assert.Equal(mentions, Mention().Count(Product.WithoutCommentsAndText(code)));

    [GeneratedRegex(@"\b(Dapper|SqlMapper|DynamicParameters|DefaultTypeMap)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mention();
}
