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
    [InlineData("0001_teams.1.sql")]
    [InlineData("0001_teams.sqlite.more.sql")]
    [InlineData("R_teams.sql")]
    [InlineData("R__.sql")]
    [InlineData("r__teams.sql")]
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

    [Fact]
    public void The_file_for_this_engine_wins_and_those_for_others_are_left_out()
    {
        var files = new[] { ("0001_a.sql", "plain"), ("0001_a.sqlite.sql", "ours"), ("0001_a.postgresql.sql", "theirs"), ("0002_b.sql", "plain"), ("0002_b.postgresql.sql", "theirs"), ("0003_c.SQLite.sql", "ours") };
        foreach (var order in new[] { files, [.. files.Reverse()] })
        {
            var set = MigrationSet.Of(string.Empty, order.Select(file => new MigrationFile(file.Item1, file.Item1, file.Item2)), "sqlite");
            Assert.Equal([("0001", "a", "ours"), ("0002", "b", "plain"), ("0003", "c", "ours")], set.Migrations.Select(each => (each.Identity, each.Name, each.Script)));
        }
    }

    [Fact]
    public void Two_files_of_one_identity_for_one_engine_are_refused()
        => Assert.Contains("Two migrations", Assert.Throws<MigrationException>(() => SetFor("sqlite", "0001_a.sqlite.sql", "0001_b.sqlite.sql")).Message, StringComparison.Ordinal);

    [Fact]
    public void An_identity_that_has_files_for_other_engines_only_is_an_error()
    {
        var error = Assert.Throws<MigrationException>(() => SetFor("sqlite", "0001_a.sql", "0002_b.sqlit.sql"));
        Assert.Contains("0002_b.sqlit.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal("0002", error.Identity);
    }

    [Fact]
    public void Gaps_between_numbers_are_allowed()
        => Assert.Equal(["0001", "0007", "20260101120000"], SetFor("sqlite", "0007_b.sql", "20260101120000_c.sql", "0001_a.sql").Migrations.Select(each => each.Identity));

    [Fact]
    public void Repeatable_scripts_come_last_in_the_order_of_their_names()
    {
        var set = SetFor("sqlite", "R__b.sql", "99990_z.sql", "R__a.sqlite.sql", "0001_a.sql");
        Assert.Equal(["0001", "99990", "R__a", "R__b"], set.Migrations.Select(each => each.Identity));
        Assert.Equal([false, false, true, true], set.Migrations.Select(each => each.IsRepeatable));
        Assert.Equal("99990", set.Newest);
    }

    [Fact]
    public void A_whole_name_may_be_the_identity()
    {
        string[] names = ["0001_b.sql", "0000_careless.sql", "0000_create_example.sql", "R__x.sql", "10000_z.sql", "baseline.v2.sql"];
        var set = MigrationSet.Of(string.Empty, names.Select(name => new MigrationFile(name, name, "") { Naming = MigrationNaming.FileName }), "sqlite");
        Assert.Equal(["0000_careless", "0000_create_example", "0001_b", "10000_z", "baseline.v2", "R__x"], set.Migrations.Select(each => each.Identity));
        Assert.Equal("careless", set.Migrations[0].Name);
        Assert.Equal([false, false, false, false, false, true], set.Migrations.Select(each => each.IsRepeatable));
        Assert.Equal("baseline.v2", set.Newest);
    }

    [Fact]
    public void A_class_is_named_as_a_file_is_or_as_a_class_can_be()
    {
        var set = MigrationSet.Of(string.Empty, [MigrationFile.Of(new M0012_AddTeams()), MigrationFile.Of(new Named("0003_first-things"))]);
        Assert.Equal([("0003", "first-things"), ("0012", "AddTeams")], set.Migrations.Select(each => (each.Identity, each.Name)));
        Assert.Equal(["", ""], set.Migrations.Select(each => each.Checksum));
        Assert.Contains(nameof(M0012_AddTeams), set.Migrations[1].Origin, StringComparison.Ordinal);
        Assert.Contains("M0012_AddTeams", Assert.Throws<MigrationException>(() => MigrationSet.Of(string.Empty, [MigrationFile.Of(new Named("AddTeams"))])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("App.Migrations.0001_notes.sql", "0001_notes.sql")]
    [InlineData("App.Migrations.0001_notes.sqlite.sql", "0001_notes.sqlite.sql")]
    [InlineData("App.R__views.sql", "R__views.sql")]
    [InlineData("migrations/0001_notes.sql", "0001_notes.sql")]
    [InlineData("0001_notes.sql", "0001_notes.sql")]
    [InlineData("App._2026.0001_notes.sql", "0001_notes.sql")]
    [InlineData("App.Migrations.readme.sql", "readme.sql")]
    public void The_name_of_a_resource_ends_in_a_file_name(string resource, string file) => Assert.Equal(file, MigrationName.OfResource(resource));

    [Fact]
    public void The_hash_of_any_checkout_of_a_file_is_known()
    {
        static string Hash(string text) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        foreach (var file in new[] { "a\nb\n", "a\r\nb\r\n", "\uFEFFa\r\nb\r\n" })
        {
            var migration = Assert.Single(Set(("0001_a.sql", file)).Migrations);
            Assert.All(new[] { file, "a\nb\n", "a\r\nb\r\n" }, text => Assert.True(migration.HasHash(Hash(text))));
            Assert.False(migration.HasHash(Hash("a\nb")));
        }
    }

    private static MigrationSet SetFor(string engine, params string[] names)
        => MigrationSet.Of(string.Empty, names.Select(name => new MigrationFile(name, name, "SELECT 1")), engine);

    private sealed class M0012_AddTeams : IMigration
    {
        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Named(string name) : IMigration
    {
        public string Name => name;

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private static MigrationSet Set(params (string Name, string Text)[] files)
        => MigrationSet.Of(string.Empty, files.Select(file => new MigrationFile(file.Name, file.Name, file.Text)));
}
