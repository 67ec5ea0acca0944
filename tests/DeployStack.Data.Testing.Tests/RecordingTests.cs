using DeployStack.Data.Testing.Recording;

namespace DeployStack.Data.Testing.Tests;

public sealed class RecordingTests
{
    [Fact]
    public async Task A_recording_tells_text_label_kind_and_rows_but_no_parameter_value()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        await db.QueryAsync<string>("SELECT name FROM items WHERE size > @size", new { size = 0 }, new() { Label = "list" });
        await db.ExecuteAsync("UPDATE items SET name = @name", new { name = "secret-value" });

        Assert.Collection(
            recording.Statements,
            read => Assert.Equal(("SELECT name FROM items WHERE size > @size", "list", RecordedStatementKind.Read, 2L), (read.Sql, read.Label, read.Kind, read.Rows)),
            write => Assert.Equal(("UPDATE items SET name = @name", null, RecordedStatementKind.Write, 2L), (write.Sql, write.Label, write.Kind, write.Rows)));
        Assert.All(recording.Statements, statement => Assert.True(statement.Duration > TimeSpan.Zero));
        Assert.DoesNotContain("secret-value", recording.ToString() + string.Concat(recording.Statements), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_of_a_batch_are_recorded_one_by_one()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        await db.ExecuteBatchAsync([new("INSERT INTO items (name) VALUES ('a')"), new("DELETE FROM items")]);
        recording.AssertCount(2, RecordedStatementKind.Write);
        recording.AssertCount(0, RecordedStatementKind.Read);
    }

    [Fact]
    public async Task A_failed_statement_is_recorded_with_its_error()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        await Assert.ThrowsAsync<DatabaseException>(() => db.ExecuteAsync("INSERT INTO items (name) VALUES (NULL)"));
        Assert.Equal(DatabaseErrorKind.NotNullViolation, Assert.Single(recording.Statements).Error);
    }

    [Fact]
    public async Task A_query_for_each_row_is_found()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        foreach (var id in await db.QueryAsync<long>("SELECT id FROM items"))
        {
            await db.QuerySingleAsync<string>("SELECT name FROM items\n  WHERE id = @id", new { id });
        }

        var error = Assert.Throws<TestAssertionException>(() => recording.AssertNoRepeats());
        Assert.EndsWith("\n  2 times: SELECT name FROM items WHERE id = @id", error.Message, StringComparison.Ordinal);
        recording.AssertNoRepeats(max: 2);
    }

    [Fact]
    public async Task A_wrong_count_lists_what_was_executed()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        await db.CountAsync();
        recording.AssertCount(1);
        recording.AssertNoWrites();
        var error = Assert.Throws<TestAssertionException>(() => recording.AssertCount(0, RecordedStatementKind.Read));
        Assert.StartsWith("0 reads expected, 1 executed:\n  SELECT count(*) FROM items  -- ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_where_none_is_expected_is_found()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        await db.ExecuteAsync("DELETE FROM items");
        Assert.Throws<TestAssertionException>(recording.AssertNoWrites);
        recording.Clear();
        recording.AssertNoWrites();
    }

    [Fact]
    public async Task A_recording_begins_and_ends_and_several_may_run()
    {
        await using var db = await Schema.Items.CreateAsync();
        await db.CountAsync();
        using var outer = db.Record();
        using (var inner = db.Record())
        {
            await db.CountAsync();
            inner.AssertCount(1);
        }

        await db.CountAsync();
        outer.AssertCount(2);
    }

    [Fact]
    public async Task What_the_kit_asks_for_a_plan_is_not_recorded()
    {
        await using var db = await Schema.Items.CreateAsync();
        using var recording = db.Record();
        await db.AssertUsesIndexAsync("SELECT * FROM items WHERE id = 1");
        recording.AssertCount(0);
    }

    [Theory]
    [InlineData("SELECT 1", true)]
    [InlineData("  -- INSERT\n /* DELETE */ select 1", true)]
    [InlineData("(SELECT 1)", false)] // no statement of SQLite
    [InlineData("VALUES (1)", true)]
    [InlineData("PRAGMA user_version", true)]
    [InlineData("EXPLAIN DELETE FROM items", true)]
    [InlineData("INSERT INTO items SELECT 1", false)]
    [InlineData("REPLACE INTO items VALUES (1)", false)]
    [InlineData("CREATE TABLE a AS SELECT 1", false)]
    [InlineData("WITH a AS (SELECT 1) SELECT * FROM a", true)]
    [InlineData("WITH a AS (SELECT 1), b(\"DELETE\") AS (VALUES (')')) SELECT * FROM a", true)]
    [InlineData("WITH RECURSIVE a AS NOT MATERIALIZED (SELECT 1) DELETE FROM items", false)]
    [InlineData("WITH a AS (SELECT 1) INSERT INTO items SELECT * FROM a", false)]
    [InlineData("/* no end", false)]
    [InlineData("WITH a AS (SELECT 1) @p SELECT 1", true)]
    [InlineData("", false)]
    public void Reads_are_told_from_writes(string sql, bool reads) => Assert.Equal(reads, StatementText.Reads(sql));
}
