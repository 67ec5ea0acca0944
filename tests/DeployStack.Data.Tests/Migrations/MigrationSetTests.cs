using System.Text;
using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Tests.Migrations;

public sealed class MigrationSetTests
{
    [Theory]
    [InlineData("0001_teams.sql", "0001", "teams")]
    [InlineData("0000_careless_morgan_stark.sql", "0000", "careless_morgan_stark")]
    [InlineData("00012_add-index.sql", "0012", "add-index")]
    [InlineData("12345_x.sql", "12345", "x")]
    [InlineData("20250915120000_baseline.sql", "20250915120000", "baseline")]
    public void A_file_name_gives_number_and_words(string file, string identity, string name)
    {
        var migration = Assert.Single(Set((file, "SELECT 1")).Migrations);
        Assert.Equal((identity, name), (migration.Identity, migration.Name));
    }

    [Theory]
    [InlineData("001_teams.sql")]
    [InlineData("0001.sql")]
    [InlineData("0001_.sql")]
    [InlineData("teams.sql")]
    [InlineData("0001-teams.sql")]
    [InlineData("0001_te ams.sql")]
    [InlineData("0001_teams.sqlite.sql")]
    [InlineData("x0001_teams.sql")]
    [InlineData("٠٠٠١_teams.sql")]
    public void A_file_name_that_does_not_fit_is_an_error_that_names_it(string file)
    {
        var error = Assert.Throws<MigrationException>(() => Set((file, "SELECT 1")));
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("NNNN_name.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(DatabaseErrorKind.MigrationFailed, error.Kind);
    }

    [Fact]
    public void Migrations_are_ordered_by_number()
        => Assert.Equal(
            ["0000", "0002", "0010", "9999", "10000", "100000"],
            Set(("10000_a.sql", ""), ("0010_a.sql", ""), ("100000_a.sql", ""), ("0002_z.sql", ""), ("9999_a.sql", ""), ("0000_a.sql", "")).Migrations.Select(each => each.Identity));

    [Fact]
    public void Two_files_of_one_identity_are_refused()
    {
        var error = Assert.Throws<MigrationException>(() => Set(("0001_a.sql", ""), ("00001_b.sql", "")));
        Assert.Contains("0001_a.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains("00001_b.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal("0001", error.Identity);
    }

    [Fact]
    public void The_identities_of_a_stream_begin_with_its_name()
        => Assert.Equal("settings/0001", Assert.Single(MigrationSet.Of("settings/", [new("0001_a.sql", "x", "")]).Migrations).Identity);

    [Theory]
    [InlineData("a\r\nb\r\n")]
    [InlineData("a\rb\r")]
    [InlineData("\uFEFFa\nb\n")]
    public void The_checksum_does_not_depend_on_line_ends_or_byte_order_mark(string text)
    {
        var migration = Assert.Single(Set(("0001_a.sql", text)).Migrations);
        Assert.Equal("a\nb\n", migration.Script);
        Assert.Equal("7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78", Assert.Single(Set(("0001_a.sql", "a\nb")).Migrations).Checksum);
        Assert.NotEqual(migration.Checksum, Assert.Single(Set(("0001_a.sql", "a\nb")).Migrations).Checksum);
        Assert.Equal(migration.Checksum, Assert.Single(Set(("0001_a.sql", "a\nb\n")).Migrations).Checksum);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("latin1")]
    public void Another_encoding_is_refused(string encoding)
    {
        var bytes = Encoding.GetEncoding(encoding).GetBytes("SELECT 'Grüße'");
        var error = Assert.Throws<MigrationException>(() => ScriptText.Decode(bytes, "0001_a.sql"));
        Assert.Contains("0001_a.sql: the file is not UTF-8 text", error.Message, StringComparison.Ordinal);
    }

    private static MigrationSet Set(params (string Name, string Text)[] files)
        => MigrationSet.Of(string.Empty, files.Select(file => new MigrationFile(file.Name, file.Name, file.Text)));
}
