using DeployStack.Data.Migrations.Lint;

namespace DeployStack.Data.Tests.Migrations.Lint;

public sealed class AcknowledgementTests
{
    [Theory]
    [InlineData("-- deploystack: allow DL102 because the data is old\nDROP TABLE t")]
    [InlineData("/* deploystack: allow DL101,dl102 because\n the data is old */ DROP TABLE t")]
    [InlineData("-- a remark\n-- DeployStack: ALLOW dl102 BECAUSE the data is old\n\nDROP TABLE t;")]
    public void A_finding_that_its_file_gives_a_reason_for_is_not_open(string script)
    {
        var report = Check(script);
        var finding = Assert.Single(report.Findings, static finding => finding.Code is "DL102");
        Assert.Equal("the data is old", finding.Acknowledgement);
        Assert.DoesNotContain(finding, report.Warnings);
    }

    [Theory]
    [InlineData("-- deploystack: allow DL102\nDROP TABLE t", "LN901@1 DL102@2")]
    [InlineData("-- deploystack: allow DL102 because\nDROP TABLE t", "LN901@1 DL102@2")]
    [InlineData("-- deploystack: allow because it is old\nDROP TABLE t", "LN901@1 DL102@2")]
    [InlineData("-- deploystack: allow\nDROP TABLE t", "LN901@1 DL102@2")]
    [InlineData("-- deploystack: allow DL999, DL102 because it is old\nDROP TABLE t", "LN902@1")]
    [InlineData("-- deploystack: allow DL104 because it is old\nDROP TABLE t", "LN903@1 DL102@2")]
    [InlineData("-- deploystack: allow DL102 because it is old\nSELECT 1;\nDROP TABLE t", "LN903@1 DL102@3")]
    [InlineData("-- deploystack: allow DL102 because it is old\nDROP TABLE t;\nDROP TABLE u", "DL102@3")]
    [InlineData("-- deploystack allow DL102 because it is old\nDROP TABLE t", "DL102@2")]
    [InlineData("SELECT '-- deploystack: allow DL102 because it is old';\nDROP TABLE t", "DL102@2")]
    public void An_acknowledgement_counts_only_where_it_is_whole_and_for_its_statement(string script, string expected)
        => Assert.Equal(expected, string.Join(' ', Check(script).Warnings.Select(static finding => $"{finding.Code}@{finding.Line}")));

    [Fact]
    public void A_script_that_cannot_be_taken_apart_is_a_finding()
    {
        var error = Assert.Single(Check("DROP TABLE t;\n SELECT 'open").Errors);
        Assert.Equal(("LN904", 2, 2), (error.Code, error.Line, error.Statement));
    }

    [Fact]
    public void A_finding_tells_its_place()
    {
        var finding = Assert.Single(Check("SELECT 1;\n\n  DROP TABLE t;").Warnings);
        Assert.Equal(("0001_it.sql", 3, 3, 2), (finding.Origin, finding.Line, finding.Column, finding.Statement));
        Assert.StartsWith("0001_it.sql(3,3): DL102 Warning: DROP TABLE", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Codes_are_unique_and_named_after_their_family()
    {
        Assert.Equal(MigrationLint.Rules.Count, MigrationLint.Rules.Select(static rule => rule.Code).Distinct().Count());
        Assert.All(MigrationLint.Rules, static rule => Assert.Matches("^(DL1|DD2|RW3|TX4|SC5|LN9)[0-9][0-9]$", rule.Code));
    }

    private static LintReport Check(string script) => MigrationLint.Check(new Dictionary<string, string> { ["0001_it.sql"] = script });
}
