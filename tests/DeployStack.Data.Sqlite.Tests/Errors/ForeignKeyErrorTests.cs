namespace DeployStack.Data.Sqlite.Tests.Errors;

public sealed class ForeignKeyErrorTests : SchemaTests
{
    protected override IReadOnlyList<string> Schema =>
    [
        "CREATE TABLE teams (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE members (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id), user_id INTEGER NOT NULL REFERENCES users)",
        "CREATE TABLE badges (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id))",
        "CREATE TABLE regions (country TEXT, code TEXT, PRIMARY KEY (country, code))",
        "CREATE TABLE cities (name TEXT, land TEXT, region TEXT, FOREIGN KEY (land, region) REFERENCES regions (country, code))",
        "CREATE TABLE owners (id INTEGER PRIMARY KEY)",
        "CREATE TABLE pets (id INTEGER PRIMARY KEY, owner_id INTEGER REFERENCES owners (id) ON DELETE RESTRICT, vet_id INTEGER REFERENCES owners (id) ON DELETE CASCADE)",
        "CREATE TABLE toys (owner_id INTEGER REFERENCES owners (id), pet_id INTEGER REFERENCES pets (id) ON DELETE RESTRICT)",
        "CREATE TABLE orders (id INTEGER PRIMARY KEY, team_id INTEGER REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED)",
        "INSERT INTO teams VALUES (1, 'one'), (2, 'two')",
        "INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob')",
        "INSERT INTO members VALUES (1, 1, 1)",
        "INSERT INTO badges VALUES (1, 2)",
        "INSERT INTO owners VALUES (1), (2), (3)",
        "INSERT INTO pets VALUES (1, 1, 2), (2, NULL, 3)",
        "INSERT INTO toys VALUES (NULL, 2)",
    ];

    [Theory]
    [InlineData("INSERT INTO badges VALUES (9, 99)", "badges", "user_id", "users")]
    [InlineData("INSERT INTO members VALUES (9, 99, 1)", "members", "team_id", "teams")]
    [InlineData("INSERT INTO members VALUES (9, 1, 99)", "members", "user_id", "users")]
    [InlineData("INSERT OR REPLACE INTO members VALUES (1, 1, 99)", "members", "user_id", "users")]
    [InlineData("INSERT INTO members VALUES (8, 1, 1), (9, 1, 99)", "members", "user_id", "users")]
    [InlineData("INSERT INTO members VALUES (1, 1, 1) ON CONFLICT (id) DO UPDATE SET team_id = 77", "members", "team_id", "teams")]
    [InlineData("WITH x AS (SELECT 9 AS id) INSERT INTO \"members\" SELECT id, 99, 1 FROM x RETURNING id", "members", "team_id", "teams")]
    [InlineData("UPDATE main.members SET team_id = 99", "members", "team_id", "teams")]
    [InlineData("UPDATE badges SET user_id = 99", "badges", "user_id", "users")]
    [InlineData("DELETE FROM teams WHERE id = 1", "members", "team_id", "teams")]
    [InlineData("DELETE FROM users WHERE id = 2", "badges", "user_id", "users")]
    [InlineData("DELETE FROM users WHERE id = 1", "members", "user_id", "users")]
    [InlineData("UPDATE users SET id = 5 WHERE id = 1", "members", "user_id", "users")]
    [InlineData("INSERT INTO cities VALUES ('x', 'de', 'by')", "cities", "land,region", "regions")]
    [InlineData("DELETE FROM owners WHERE id = 1", "pets", "owner_id", "owners")]
    [InlineData("DELETE FROM pets WHERE id = 2", "toys", "pet_id", "pets")]
    public async Task A_violated_foreign_key_names_both_tables_and_the_columns(string sql, string table, string columns, string parent)
    {
        var error = await FailsAsync(sql);
        Assert.Equal((table, columns, parent), (error.Table, string.Join(',', error.Columns), error.ParentTable));
        Assert.Contains($"{table} ({columns.Replace(",", ", ", StringComparison.Ordinal)}) refers to {parent}", error.Message, StringComparison.Ordinal);
        Assert.Equal((DatabaseErrorKind.ForeignKeyViolation, false, sql), (error.Kind, error.IsTransient, error.Sql));
    }

    [Fact]
    public async Task A_trigger_that_writes_another_table_does_not_mislead()
    {
        await Database.ExecuteAsync("CREATE TRIGGER teams_badge AFTER INSERT ON teams BEGIN INSERT INTO badges (user_id) VALUES (NEW.id); END");
        var error = await FailsAsync("INSERT INTO teams VALUES (50, 'fifty')");
        Assert.Equal(("badges", "users"), (error.Table, error.ParentTable));
    }

    [Fact]
    public async Task An_old_violation_is_not_taken_for_the_new_one()
    {
        await Database.ExecuteBatchAsync([new("INSERT INTO members VALUES (40, 1, 4711)")], new BatchOptions { ForeignKeysOff = true });
        var error = await FailsAsync("INSERT INTO members VALUES (8, 1, 1), (9, 99, 1)");
        Assert.Equal(("members", "team_id"), (error.Table, Assert.Single(error.Columns)));
    }

    [Fact]
    public async Task The_search_leaves_the_transaction_as_it_was()
    {
        var seen = await Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("INSERT INTO teams VALUES (70, 'seventy')");
            await Assert.ThrowsAsync<DatabaseException>(() => session.ExecuteAsync("INSERT INTO members VALUES (9, 99, 1)").AsTask());
            var last = await session.ExecuteScalarAsync<long>("SELECT last_insert_rowid()");
            var members = await session.ExecuteScalarAsync<long>("SELECT count(*) FROM members");
            var deferred = await session.ExecuteScalarAsync<long>("PRAGMA defer_foreign_keys");
            await session.ExecuteAsync("INSERT INTO teams VALUES (71, 'seventy-one')");
            return (last, members, deferred);
        });
        Assert.Equal((70, 1, 0), seen);
        Assert.Equal(2, await Database.ExecuteScalarAsync<long>("SELECT count(*) FROM teams WHERE id >= 70"));
    }

    [Fact]
    public async Task A_reader_that_is_open_during_the_search_goes_on()
    {
        var ids = await Database.WriteAsync(async session =>
        {
            List<long> ids = [];
            await foreach (var id in session.StreamAsync<long>("SELECT id FROM teams ORDER BY id"))
            {
                ids.Add(id);
                await Assert.ThrowsAsync<DatabaseException>(() => session.ExecuteAsync("INSERT INTO members VALUES (9, 99, 1)").AsTask());
            }

            return ids;
        });
        Assert.Equal([1, 2], ids);
    }

    [Fact]
    public async Task Neighbours_in_the_group_are_committed_and_not_run_again()
    {
        await Database.ExecuteAsync("CREATE TABLE runs (id INTEGER PRIMARY KEY)");
        var runs = 0;
        var hold = new TaskCompletionSource();
        var first = Database.WriteAsync(async _ => await hold.Task, new WriteOptions { RunOnce = true });
        var good = Enumerable.Range(0, 20).Select(i => Database.WriteAsync(async session =>
        {
            Interlocked.Increment(ref runs);
            await session.ExecuteAsync("INSERT INTO runs DEFAULT VALUES");
        })).ToList();
        var bad = Enumerable.Range(0, 20).Select(_ => Database.ExecuteAsync("INSERT INTO members VALUES (9, 99, 1)")).ToList();
        hold.SetResult();
        await first;
        await Task.WhenAll(good);
        foreach (var each in bad)
        {
            Assert.Equal("teams", (await Assert.ThrowsAsync<DatabaseException>(() => each)).ParentTable);
        }

        Assert.Equal((20, 20L), (runs, await Database.ExecuteScalarAsync<long>("SELECT count(*) FROM runs")));
    }

    [Fact]
    public async Task A_deferred_key_that_is_violated_at_the_end_of_the_unit_is_named()
    {
        var error = await FailsAsync("INSERT INTO orders VALUES (1, 99)");
        Assert.Equal(("orders", "team_id", "teams"), (error.Table, Assert.Single(error.Columns), error.ParentTable));
        Assert.Equal(0, await Database.ExecuteScalarAsync<long>("SELECT count(*) FROM orders"));
    }

    [Fact]
    public async Task On_a_statement_that_is_long_the_search_is_left_out()
    {
        await Database.ExecuteAsync("WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO users SELECT i, 'n' FROM n");
        await Database.ExecuteAsync("INSERT INTO members SELECT id, 1, id FROM users WHERE id >= 10");
        var error = await FailsAsync("UPDATE members SET team_id = CASE id WHEN 100000 THEN 99 ELSE 1 END, user_id = user_id");
        Assert.Equal(DatabaseErrorKind.ForeignKeyViolation, error.Kind);
        Assert.Null(error.Table);
    }
}
