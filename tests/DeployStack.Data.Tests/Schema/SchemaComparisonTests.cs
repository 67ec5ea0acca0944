using DeployStack.Data.Schema;

namespace DeployStack.Data.Tests.Schema;

public sealed class SchemaComparisonTests
{
    [Theory]
    [InlineData("CREATE TABLE t (a INTEGER, b TEXT)", "create table \"T\"(\n  [a] integer, -- a comment\n  `B` /* another */ text)")]
    [InlineData("CREATE TABLE t (a DEFAULT 'x  --y')", "CREATE TABLE t(a default 'x  --y')")]
    [InlineData("CREATE INDEX i ON t (a) WHERE a>1", "CREATE INDEX i ON t(a) WHERE a > 1")]
    public void What_the_engine_reads_alike_is_equal(string left, string right)
        => Assert.Empty(SchemaComparison.Of(Model(Table(left)), Model(Table(right))));

    [Theory]
    [InlineData("CREATE TABLE t (a DEFAULT 'x')", "CREATE TABLE t (a DEFAULT 'X')")]
    [InlineData("CREATE TABLE t (a DEFAULT 'x y')", "CREATE TABLE t (a DEFAULT 'x  y')")]
    [InlineData("CREATE TABLE t (\"a b\")", "CREATE TABLE t (a b)")]
    [InlineData("CREATE TABLE t (a INTEGER)", "CREATE TABLE t (a INTEGER) STRICT")]
    [InlineData("CREATE TABLE t (a, b)", "CREATE TABLE t (b, a)")]
    [InlineData("CREATE TABLE t (a CHECK (a > 1))", "CREATE TABLE t (a CHECK (a >= 1))")]
    [InlineData("CREATE TABLE t (ab)", "CREATE TABLE t (a b)")]
    public void What_means_something_else_is_changed(string left, string right)
        => Assert.Equal(SchemaChangeKind.Changed, Assert.Single(SchemaComparison.Of(Model(Table(left)), Model(Table(right)))).Kind);

    [Fact]
    public void The_lines_show_column_by_column_what_changed()
    {
        var change = Assert.Single(SchemaComparison.Of(
            Model(Table("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, kind TEXT CHECK (kind IN ('a', 'b')), UNIQUE (name, kind))")),
            Model(Table("CREATE TABLE t (id INTEGER PRIMARY KEY, kind TEXT CHECK (kind IN ('a', 'c')), UNIQUE (name, kind), note TEXT) STRICT"))));
        Assert.Equal(
            [
                "  CREATE TABLE t (",
                "      id INTEGER PRIMARY KEY,",
                "-     name TEXT,",
                "-     kind TEXT CHECK (kind IN ('a', 'b')),",
                "+     kind TEXT CHECK (kind IN ('a', 'c')),",
                "      UNIQUE (name, kind),",
                "- )",
                "+     note TEXT",
                "+ ) STRICT",
            ],
            change.Lines);
    }

    [Fact]
    public void Objects_are_matched_by_name_without_regard_to_case_and_told_in_order()
    {
        var differences = SchemaComparison.Of(
            Model(Table("CREATE TABLE t (a)"), new(SchemaObjectType.View, "gone", "gone", "CREATE VIEW gone AS SELECT 1"), new(SchemaObjectType.View, "swapped", "swapped", "CREATE VIEW swapped AS SELECT 1")),
            Model(new(SchemaObjectType.Table, "T", "T", "CREATE TABLE T (a)"), new(SchemaObjectType.Index, "new", "t", "CREATE INDEX new ON t (a)"), new(SchemaObjectType.Table, "swapped", "swapped", "CREATE TABLE swapped (a)")));
        Assert.Equal(["changed: table swapped", "added: index new", "removed: view gone"], differences.Select(each => each.ToString()));
    }

    [Fact]
    public void Names_are_equal_where_the_engine_calls_them_so()
    {
        var model = Model(new(SchemaObjectType.Table, "Ä", "Ä", "CREATE TABLE Ä (a)"), new(SchemaObjectType.Table, "ä", "ä", "CREATE TABLE ä (a)"), new(SchemaObjectType.Trigger, "ä", "ä", "CREATE TRIGGER ä AFTER INSERT ON ä BEGIN SELECT 1; END"));
        Assert.Empty(SchemaComparison.Of(model, model));
        Assert.Equal(["removed: table Ä", "removed: trigger ä"], SchemaComparison.Of(model, Model(model.Objects[1])).Select(each => each.ToString()));
    }

    [Fact]
    public void The_steps_of_a_trigger_are_lines()
        => Assert.Equal(
            ["CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = 1;", "DELETE FROM u;", "END"],
            DefinitionText.Lines("CREATE TRIGGER x AFTER INSERT ON t BEGIN UPDATE t SET a = 1; DELETE FROM u; END").Select(line => line.Text));

    private static SchemaObject Table(string definition) => new(SchemaObjectType.Table, "t", "t", definition);

    private static SchemaModel Model(params SchemaObject[] objects) => new(objects);
}
