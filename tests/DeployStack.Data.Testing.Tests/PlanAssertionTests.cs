namespace DeployStack.Data.Testing.Tests;

public sealed class PlanAssertionTests
{
    private static readonly TestDatabaseTemplate _template = TestDatabase.Template(options => options.Seed(
        "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT, size INTEGER)",
        "CREATE INDEX items_name ON items (name)",
        "CREATE TABLE tags (tag TEXT NOT NULL PRIMARY KEY, item_id INTEGER) WITHOUT ROWID"));

    [Theory]
    [InlineData("SELECT * FROM items WHERE name = 'a'", "items_name")]
    [InlineData("SELECT * FROM items WHERE name = 'a'", null)]
    [InlineData("SELECT name FROM items ORDER BY name", "ITEMS_NAME")]
    [InlineData("SELECT * FROM items WHERE id = 1", "PRIMARY KEY")]
    [InlineData("SELECT * FROM tags WHERE tag = 'a'", "PRIMARY KEY")]
    [InlineData("SELECT * FROM tags LEFT JOIN items ON items.id = item_id WHERE tag > 'a'", "PRIMARY KEY")]
    [InlineData("SELECT * FROM items WHERE name = 'a' OR id = 4", "items_name")]
    [InlineData("DELETE FROM items WHERE name = 'a'", "items_name")]
    public async Task An_index_that_is_used_passes(string sql, string? index)
    {
        await using var db = await _template.CreateAsync();
        await db.AssertUsesIndexAsync(sql, index: index);
    }

    [Theory]
    [InlineData("SELECT * FROM items WHERE size = 1", null)]
    [InlineData("SELECT name FROM items ORDER BY name", null)] // scans it
    [InlineData("SELECT * FROM items WHERE name = 'a'", "items_size")]
    [InlineData("SELECT * FROM items WHERE name = 'a'", "items")]
    [InlineData("SELECT * FROM tags a JOIN tags b ON a.item_id = b.item_id", null)] // an automatic index
    public async Task An_index_that_is_not_used_fails(string sql, string? index)
    {
        await using var db = await _template.CreateAsync();
        await Assert.ThrowsAsync<TestAssertionException>(() => db.AssertUsesIndexAsync(sql, index: index));
    }

    [Theory]
    [InlineData("SELECT * FROM items WHERE name = 'a'")]
    [InlineData("SELECT 1")]
    [InlineData("VALUES (1), (2)")]
    [InlineData("SELECT * FROM json_each('[1]')")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT * FROM n")]
    [InlineData("SELECT * FROM (SELECT id, count(*) c FROM items WHERE name = 'a' GROUP BY id) s WHERE c > 1")]
    [InlineData("UPDATE items SET size = 1 WHERE id = 5")]
    public async Task A_statement_without_a_full_scan_passes(string sql)
    {
        await using var db = await _template.CreateAsync();
        await db.AssertNoFullScanAsync(sql);
    }

    [Theory]
    [InlineData("SELECT * FROM items", "items")]
    [InlineData("SELECT * FROM items q WHERE size = 1", "q")]
    [InlineData("SELECT name FROM items ORDER BY name", "items")]
    [InlineData("DELETE FROM items WHERE size = 1", "items")]
    [InlineData("SELECT * FROM items WHERE id IN (SELECT item_id FROM tags)", "tags")]
    [InlineData("SELECT * FROM items WHERE name = 'a' AND EXISTS (SELECT 1 FROM tags WHERE item_id = size)", "tags")]
    public async Task A_full_scan_fails_and_names_its_table(string sql, string table)
    {
        await using var db = await _template.CreateAsync();
        var error = await Assert.ThrowsAsync<TestAssertionException>(() => db.AssertNoFullScanAsync(sql));
        Assert.Contains($"reads {table} as a whole", error.Message, StringComparison.Ordinal);
        await db.AssertNoFullScanAsync(sql, except: [table]);
    }

    [Fact]
    public async Task A_failure_shows_the_plan_as_a_tree()
    {
        await using var db = await _template.CreateAsync();
        var error = await Assert.ThrowsAsync<TestAssertionException>(() => db.AssertNoFullScanAsync(
            """
            SELECT name FROM items
            WHERE name = @name OR id IN (SELECT item_id FROM tags)
            ORDER BY size
            """,
            new { name = "secret" }));
        Assert.Equal(
            """
            The statement reads tags as a whole. Add an index, or name what stays small in 'except':
              SELECT name FROM items WHERE name = @name OR id IN (SELECT item_id FROM tags) ORDER BY size
              ├─ MULTI-INDEX OR
              │  ├─ INDEX 1
              │  │  └─ SEARCH items USING INDEX items_name (name=?)
              │  └─ INDEX 2
              │     ├─ LIST SUBQUERY 1
              │     │  └─ SCAN tags  ◄
              │     └─ SEARCH items USING INTEGER PRIMARY KEY (rowid=?)
              └─ USE TEMP B-TREE FOR ORDER BY
            """.ReplaceLineEndings("\n"),
            error.Message);
    }

    [Fact]
    public async Task Sorting_is_told_from_reading_in_order()
    {
        await using var db = await _template.CreateAsync();
        await db.AssertNoSortAsync("SELECT * FROM items ORDER BY name");
        var error = await Assert.ThrowsAsync<TestAssertionException>(() => db.AssertNoSortAsync("SELECT * FROM items ORDER BY size"));
        Assert.Contains("USE TEMP B-TREE FOR ORDER BY  ◄", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_executed()
    {
        await using var db = await _template.CreateAsync();
        await db.ExecuteAsync("INSERT INTO items (name) VALUES ('a')");
        await db.AssertUsesIndexAsync("DELETE FROM items WHERE name = @name", new { name = "a" });
        Assert.Equal(1, await db.CountAsync());
    }

    [Fact]
    public async Task Parameters_may_be_left_out()
    {
        await using var db = await _template.CreateAsync();
        await db.AssertUsesIndexAsync("SELECT * FROM items WHERE name = @name AND size > @size", index: "items_name");
        await db.AssertUsesIndexAsync("SELECT * FROM items WHERE name = :name AND size > @name", index: "items_name");
    }

    [Fact]
    public async Task A_wrong_statement_is_an_error_of_the_database_not_a_failed_assertion()
    {
        await using var db = await _template.CreateAsync();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.AssertNoFullScanAsync("SELECT * FROM nowhere"));
        Assert.Equal(DatabaseErrorKind.SchemaMissing, error.Kind);
    }

    [Fact]
    public async Task They_work_on_a_file_and_on_the_database_of_the_container()
    {
        await using var db = await _template.CreateAsync(options => options.OnFile());
        await db.Database.AssertUsesIndexAsync("UPDATE items SET size = 0 WHERE name = 'a'", index: "items_name");
    }
}
