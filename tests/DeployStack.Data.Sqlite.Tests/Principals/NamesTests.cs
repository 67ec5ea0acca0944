using DeployStack.Data.Sqlite.Handles.Principals;

namespace DeployStack.Data.Sqlite.Tests.Principals;

public sealed class NamesTests
{
    [Theory]
    [InlineData("WITH watch AS (SELECT 1) SELECT 1", true)]
    [InlineData("WITH \"Watch\" AS (SELECT 1) SELECT 1", true)]
    [InlineData("[WATCH]", true)]
    [InlineData("'watch'", true)]
    [InlineData("/* watch */", true)]
    [InlineData("\uFEFFwatch", true)]
    [InlineData("watch\uFEFF", true)]
    [InlineData("(watch)", true)]
    [InlineData("watch", true)]
    [InlineData("rewatch, watch", true)]
    [InlineData("rewatch", false)]
    [InlineData("watches", false)]
    [InlineData("watch_2", false)]
    [InlineData("$watch", false)]
    [InlineData("", false)]
    public void A_name_is_found_wherever_SQL_could_spell_it(string sql, bool found) => Assert.Equal(found, Names.Mentions(sql, "watch"));

    [Theory]
    [InlineData("SELECT * FROM sqlite_schema", true)]
    [InlineData("SELECT * FROM \"SQLITE_schema\"", true)]
    [InlineData("FROM main.sqlite_master", true)]
    [InlineData("FROM \uFEFFsqlite_schema", true)]
    [InlineData("my_sqlite_schema", false)]
    [InlineData("sqlite", false)]
    public void A_beginning_is_found_at_the_beginning_of_a_name(string sql, bool found) => Assert.Equal(found, Names.Begins(sql, "sqlite_"));

    [Theory]
    [InlineData("core_audit", true)]
    [InlineData("with space-and.dot", true)]
    [InlineData("quo\"te", false)]
    [InlineData("brack]et", false)]
    [InlineData("ümlaut", false)]
    [InlineData("", false)]
    public void A_name_that_SQL_can_spell_in_two_ways_is_not_trusted(string name, bool plain) => Assert.Equal(plain, Names.IsPlain(name));
}
