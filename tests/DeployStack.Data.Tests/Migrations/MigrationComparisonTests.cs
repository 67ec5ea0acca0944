using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Adoption;
using DeployStack.Data.Migrations.Comparison;
using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Migrations.Sources;

namespace DeployStack.Data.Tests.Migrations;

public sealed class MigrationComparisonTests
{
    [Fact]
    public void Status_tells_applied_pending_missing_superseded_modified_and_reformatted_in_order()
    {
        var set = Set(("0001_a.sql", "same"), ("0002_b.sql", "new"), ("0003_c.sql", "SELECT  1;"), ("0005_d.sql", "x"), ("10000_e.sql", "x"));
        var status = Status(set, Row("20000", "later"), Row("12345", "gone"), Row("0004", "gone"), Row("0002", "old"), Row("0003", "SELECT 1 -- one"), Row("0001", "same"));
        Assert.Equal(["0001", "0002", "0003", "0004", "12345", "20000"], status.Applied.Select(each => each.Identity));
        Assert.Equal(["0005", "10000"], status.Pending.Select(each => each.Identity));
        Assert.Equal(["0005", "10000"], status.Late.Select(each => each.Identity));
        Assert.Equal(["0004"], status.Missing.Select(each => each.Identity));
        Assert.Equal(["12345", "20000"], status.Superseded.Select(each => each.Identity));
        Assert.Equal(["0002"], status.Modified.Select(each => each.Identity));
        Assert.Equal(["0003"], status.Reformatted.Select(each => each.Identity));
    }

    [Theory]
    [InlineData(LateMigrationPolicy.Apply, 2)]
    [InlineData(LateMigrationPolicy.Warn, 1)]
    [InlineData(LateMigrationPolicy.Fail, 2)]
    public void A_late_migration_is_always_named_and_pending_by_policy(LateMigrationPolicy policy, int pending)
    {
        var set = Set(("0001_a.sql", "a"), ("0002_b.sql", "b"), ("0003_c.sql", "c"), ("0004_d.sql", "d"));
        var status = Status(set, policy, Row("0001", "a"), Row("0003", "c"), Row("R__x", "x"));
        Assert.Equal(["0002"], status.Late.Select(each => each.Identity));
        Assert.Equal(pending, status.Pending.Count);
        Assert.Equal("0004", status.Pending[^1].Identity);
        Assert.Equal(["R__x"], status.Missing.Select(each => each.Identity));
    }

    [Fact]
    public void A_repeatable_script_is_pending_when_its_statements_changed_and_never_modified()
    {
        var set = Set(("0001_a.sql", "a"), ("R__new.sql", "n"), ("R__same.sql", "SELECT 1"), ("R__format.sql", "SELECT /* two */ 2"), ("R__other.sql", "SELECT 3"));
        var status = Status(set, Row("0001", "a"), Row("R__same", "SELECT 1"), Row("R__format", "SELECT 2"), Row("R__other", "SELECT 4"));
        Assert.Equal(["R__new", "R__other"], status.Pending.Select(each => each.Identity));
        Assert.Equal(["R__format"], status.Reformatted.Select(each => each.Identity));
        Assert.Empty(status.Modified);
        Assert.Empty(status.Late);
    }

    [Fact]
    public void What_is_adopted_counts_as_applied()
    {
        var set = Set(("0001_a.sql", "a"), ("0002_b.sql", "b"));
        var status = MigrationComparison.Of(set, [], new Dictionary<string, string>(), LateMigrationPolicy.Apply, [new AdoptedMigration("0001", DateTimeOffset.UnixEpoch)]).Status;
        Assert.Equal(("0001", MigrationHistoryKind.Adopted), (status.Applied.Single().Identity, status.Applied.Single().Kind));
        Assert.Equal(["0002"], status.Pending.Select(each => each.Identity));
    }

    [Theory]
    [InlineData("SELECT 1", "SELECT  1 ;", true)]
    [InlineData("SELECT 1;SELECT 2", "-- two\nSELECT 1;\n\n;SELECT/**/2;", true)]
    [InlineData("SELECT 1;SELECT 2", "SELECT 1 --> statement-breakpoint\nSELECT 2", true)]
    [InlineData("CREATE TABLE t(x,y)", "CREATE TABLE t ( x , y )", true)]
    [InlineData("SELECT a>=b", "SELECT a >= b", true)]
    [InlineData("SELECT a>=b", "SELECT a > = b", false)]
    [InlineData("select 1", "SELECT 1", false)]
    [InlineData("SELECT 'a'", "SELECT 'a '", false)]
    [InlineData("SELECT 'a''b'", "SELECT 'a' 'b'", false)]
    [InlineData("SELECT x'00'", "SELECT x '00'", false)]
    [InlineData("SELECT \"a\"", "SELECT a", false)]
    [InlineData("SELECT 'a\nb'", "SELECT 'a b'", false)]
    [InlineData("-- deploystack: foreign-keys-off\nSELECT 1", "SELECT 1", false)]
    [InlineData("/* deploystack: foreign-keys-off */ SELECT 1", "-- deploystack:  foreign-keys-off\nSELECT 1", true)]
    [InlineData("SELECT ab", "SELECT a b", false)]
    public void Two_scripts_are_equal_if_the_engine_and_the_runner_read_the_same(string left, string right, bool equal)
    {
        Assert.Equal(equal, ScriptTokens.AreEqual(left, right));
        Assert.Equal(equal, ScriptTokens.AreEqual(right, left));
    }

    [Fact]
    public void A_diff_shows_the_lines_that_differ_with_their_neighbours()
        => Assert.Equal(
            "@@ line 2 @@\n b\n c\n-d\n+D\n e\n+new\n f\n g",
            ScriptDiff.Of("a\nb\nc\nd\ne\nf\ng\nh", "a\nb\nc\nD\ne\nnew\nf\ng\nh"));

    [Fact]
    public void A_diff_is_bounded()
    {
        var before = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"{i}{new string('x', 500)}"));
        var after = string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"{i}{new string('y', 500)}"));
        var diff = ScriptDiff.Of(before, after);
        Assert.InRange(diff.Length, 1000, 6000);
        Assert.EndsWith("more lines", diff, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "a")]
    [InlineData("a", "")]
    [InlineData("a\nb", "b")]
    public void A_diff_of_little_is_little(string before, string after) => Assert.InRange(ScriptDiff.Of(before, after).Split('\n').Length, 2, 4);

    private static MigrationStatus Status(MigrationSet set, params (AppliedMigration Row, string Script)[] rows) => Status(set, LateMigrationPolicy.Apply, rows);

    private static MigrationStatus Status(MigrationSet set, LateMigrationPolicy late, params (AppliedMigration Row, string Script)[] rows)
        => MigrationComparison.Of(set, [.. rows.Select(each => each.Row)], rows.ToDictionary(each => each.Row.Identity, each => each.Script), late).Status;

    private static (AppliedMigration Row, string Script) Row(string identity, string script)
        => (new(identity, "name", new Migration(identity, "name", "", script).Checksum, DateTimeOffset.UnixEpoch), script);

    private static MigrationSet Set(params (string Name, string Text)[] files)
        => MigrationSet.Of(string.Empty, files.Select(file => new MigrationFile(file.Name, file.Name, file.Text)));
}
