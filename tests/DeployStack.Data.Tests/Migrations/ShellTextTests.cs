using DeployStack.Data.Migrations.Bundle;

namespace DeployStack.Data.Tests.Migrations;

public sealed class ShellTextTests
{
    [Theory]
    [InlineData("SELECT 1\n/\n2")]
    [InlineData("SELECT 1 AS\n  go  \nFROM t")]
    [InlineData("SELECT 'bell \a'")]
    [InlineData("go")]
    public void What_the_shell_reads_otherwise_is_refused(string sql) => Assert.NotNull(ShellText.WhyNot(sql));

    [Theory]
    [InlineData("SELECT 1 / 2")]
    [InlineData("SELECT 'a\ngo\nb\n/\n'")]
    [InlineData("SELECT go FROM t\n\t-- go\n")]
    [InlineData("SELECT\n  1 /\n  2")]
    public void What_it_reads_alike_is_taken(string sql) => Assert.Null(ShellText.WhyNot(sql));

    [Fact]
    public void Values_stand_in_place_of_parameters_and_nowhere_else()
        => Assert.Equal(
            "SELECT 'it''s', '@name', NULL, 5, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)",
            ShellText.WithValues(new("SELECT @name, '@name', @none, @count, @appliedAt", new { name = "it's", none = (string?)null, count = 5, appliedAt = 7 })));
}
