using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Migrations.Rebuild.Planning;

namespace DeployStack.Data.Tests.Migrations.Rebuild;

public sealed class TableDefinitionTests
{
    [Theory]
    [InlineData("CREATE TABLE t (a)", "a")]
    [InlineData("create table IF NOT EXISTS main . \"t\" (\"a b\" INTEGER)", "a b:INTEGER")]
    [InlineData("CREATE TABLE [t] ([a b] DECIMAL(10, 2), `c``d` TEXT, 'e' , \"f\"\"g\" UNSIGNED BIG INT NOT NULL)", "a b:DECIMAL(10, 2)|c`d:TEXT|e|f\"g:UNSIGNED BIG INT")]
    [InlineData("CREATE TABLE t (a INTEGER /* , x */ PRIMARY KEY, -- b, c\n b TEXT DEFAULT ',' CHECK (b IN ('x', 'y')), PRIMARY KEY (a, b))", "a:INTEGER|b:TEXT")]
    [InlineData("CREATE TABLE t (a INT GENERATED ALWAYS AS (1, 2) STORED, check_ TEXT, \"check\" TEXT, CHECK (a > 0) UNIQUE (a))", "a:INT|check_:TEXT|check:TEXT")]
    [InlineData("CREATE TABLE t (a) WITHOUT ROWID, STRICT;", "a")]
    [InlineData("CREATE TEMP TABLE t (a)", null)]
    [InlineData("CREATE VIRTUAL TABLE t USING fts5(a)", null)]
    [InlineData("CREATE TABLE t AS SELECT 1 AS a", null)]
    [InlineData("CREATE TABLE t ()", null)]
    [InlineData("CREATE TABLE t (a, )", null)]
    [InlineData("CREATE TABLE t (a", null)]
    [InlineData("CREATE TABLE other.t (a)", null)]
    [InlineData("DROP TABLE t", null)]
    [InlineData("", null)]
    public void Columns_and_types_are_read(string sql, string? columns)
    {
        var definition = TableDefinition.Parse(sql);
        Assert.Equal(columns, definition is null ? null : string.Join('|', definition.Columns.Select(static column => column.Type.Length == 0 ? column.Name : $"{column.Name}:{column.Type}")));
    }

    [Theory]
    [InlineData("CREATE TABLE t (a INTEGER PRIMARY KEY)", "a")]
    [InlineData("CREATE TABLE t (a integer primary key asc autoincrement)", "a")]
    [InlineData("CREATE TABLE t (b, a INTEGER, PRIMARY KEY (a DESC))", "a")]
    [InlineData("CREATE TABLE t (a INTEGER, CONSTRAINT key PRIMARY KEY (\"A\" AUTOINCREMENT))", "a")]
    [InlineData("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)", null)]
    [InlineData("CREATE TABLE t (a INT PRIMARY KEY)", null)]
    [InlineData("CREATE TABLE t (a INTEGER PRIMARY KEY) WITHOUT ROWID", null)]
    [InlineData("CREATE TABLE t (a INTEGER, b, PRIMARY KEY (a, b))", null)]
    public void The_column_that_is_the_rowid_is_found(string sql, string? column)
        => Assert.Equal(column, TableDefinition.Parse(sql)!.Rowid?.Name);

    [Theory]
    [InlineData("a NOT NULL", true)]
    [InlineData("a TEXT NOT NULL ON CONFLICT FAIL REFERENCES t ON DELETE SET DEFAULT", true)]
    [InlineData("a NOT NULL DEFAULT 1", false)]
    [InlineData("a DEFAULT (1) NOT NULL", false)]
    [InlineData("a NULL", false)]
    [InlineData("a NOT NULL AS (1)", false)]
    [InlineData("a CHECK (a IS NOT NULL)", false)]
    public void A_column_that_existing_rows_need_a_value_for_is_found(string column, bool needsValue)
        => Assert.Equal(needsValue, TableDefinition.Parse($"CREATE TABLE t ({column})")!.Columns[0].NeedsValue);

    [Theory]
    [InlineData("a>b")]
    [InlineData("a>a")]
    [InlineData("a>b b>c")]
    [InlineData("a>b b>a")]
    [InlineData("a>A")]
    public void Renames_never_meet_a_name_that_is_taken(string renames)
    {
        var sql = RenameSequence.Sql("t", renames.Split(' ').Select(static pair => (pair[..1], pair[2..])));
        var taken = renames.Split(' ').Select(static pair => pair[..1]).ToList();
        foreach (var (from, to) in sql.Select(static text => text["ALTER TABLE \"t\" RENAME COLUMN ".Length..].Split(" TO ")).Select(static pair => (pair[0].Trim('"'), pair[1])))
        {
            Assert.True(taken.Remove(from));
            Assert.DoesNotContain(to, taken);
            taken.Add(to);
        }

        Assert.Equal(renames.Split(' ').Select(static pair => pair[2..]).Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }
}
