using Xunit;

namespace DeployStack.Data.Testing.Conformance.Errors;

/// <summary>A violated constraint has its kind, its table and its columns, whoever asked.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class ConstraintTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly string[] _schema =
    [
        "CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, owner INTEGER, size INTEGER, CONSTRAINT size_is_positive CHECK (size > 0))",
        "CREATE UNIQUE INDEX team_owner_size ON team(owner, size)",
        "CREATE TABLE member (team INTEGER NOT NULL REFERENCES team(id), person TEXT NOT NULL, PRIMARY KEY (team, person))",
        "CREATE TABLE badge (id INTEGER PRIMARY KEY, team INTEGER, person TEXT, FOREIGN KEY (team, person) REFERENCES member(team, person) DEFERRABLE INITIALLY DEFERRED)",
        "INSERT INTO team VALUES (1, 'red', 10, 5), (2, 'blue', 20, 5)",
        "INSERT INTO member VALUES (1, 'ann')",
    ];

    [Theory]
    [InlineData("INSERT INTO team(name) VALUES ('red')", "name")]
    [InlineData("UPDATE team SET name = 'red' WHERE id = 2", "name")]
    [InlineData("INSERT INTO team(id, name) VALUES (1, 'green')", "id")]
    [InlineData("UPDATE team SET owner = 10", "owner, size")]
    public async Task A_unique_violation_names_table_and_columns(string sql, string columns)
    {
        var error = await FailsAsync(DatabaseErrorKind.UniqueViolation, sql);
        Assert.Equal(("team", columns), (error.Table, string.Join(", ", error.Columns)));
    }

    [Fact]
    public async Task A_primary_key_of_several_columns_is_a_unique_constraint()
    {
        var error = await FailsAsync(DatabaseErrorKind.UniqueViolation, "INSERT INTO member VALUES (1, 'ann')");
        Assert.Equal(("member", "team, person"), (error.Table, string.Join(", ", error.Columns)));
    }

    [Theory]
    [InlineData("INSERT INTO team(name) VALUES (NULL)")]
    [InlineData("UPDATE team SET name = NULL WHERE id = 1")]
    public async Task A_not_null_violation_names_table_and_column(string sql)
    {
        var error = await FailsAsync(DatabaseErrorKind.NotNullViolation, sql);
        Assert.Equal(("team", "name"), (error.Table, Assert.Single(error.Columns)));
    }

    [Theory]
    [InlineData("INSERT INTO team(name, size) VALUES ('green', 0)")]
    [InlineData("UPDATE team SET size = -1")]
    public async Task A_check_violation_names_the_constraint(string sql)
    {
        var error = await FailsAsync(DatabaseErrorKind.CheckViolation, sql);
        Assert.Equal("size_is_positive", error.Constraint);
        Assert.True(error.Table is null or "team", error.Table);
    }

    [Theory]
    [InlineData("INSERT INTO member VALUES (99, 'bob')", "member", "team", "team")]
    [InlineData("UPDATE member SET team = 99", "member", "team", "team")]
    [InlineData("DELETE FROM team WHERE id = 1", "member", "team", "team")]
    [InlineData("INSERT INTO badge VALUES (1, 1, 'bob')", "badge", "team, person", "member")]
    public async Task A_foreign_key_violation_names_both_tables_and_the_columns(string sql, string table, string columns, string parent)
    {
        var error = await FailsAsync(DatabaseErrorKind.ForeignKeyViolation, sql, mayFailAtCommit: table == "badge");
        for (var i = 0; i < 5 && error.Table is null; i++)
        {
            // an engine that has to search for the key gives up when it has taken too long, as on a busy machine
            error = await FailsAsync(DatabaseErrorKind.ForeignKeyViolation, sql, mayFailAtCommit: table == "badge");
        }

        Assert.Equal((table, columns, parent), (error.Table, string.Join(", ", error.Columns), error.ParentTable));
    }

    // The statement fails in a batch, alone, and where there are units that write also in one of them.
    private async Task<DatabaseException> FailsAsync(DatabaseErrorKind kind, string sql, bool mayFailAtCommit = false)
    {
        var database = await CreateDatabaseAsync(_schema);
        var before = await database.QueryAsync<string>("SELECT name FROM team ORDER BY id");
        var inBatch = await ThrowsAsync(kind, () => database.ExecuteBatchAsync([new("UPDATE team SET name = name || '!'"), new("UPDATE team SET name = rtrim(name, '!')"), new(sql)], new() { Label = "tested" }));
        Check(inBatch);
        var alone = await ThrowsAsync(kind, () => database.ExecuteAsync(sql, options: new() { Label = "tested" }));
        Check(alone);
        if (await CanWriteInteractivelyAsync(database))
        {
            Check(await ThrowsAsync(kind, () => database.WriteAsync(
                async s =>
                {
                    await s.ExecuteAsync("DELETE FROM badge");
                    await s.ExecuteAsync(sql);
                },
                new WriteOptions { Label = "tested" })));
        }

        Assert.Equal(before, await database.QueryAsync<string>("SELECT name FROM team ORDER BY id"));
        Assert.Equal(1, await database.ExecuteScalarAsync<int>("SELECT count(*) FROM member WHERE team = 1"));
        if (alone.Table is not null && inBatch.Table is not null)
        {
            Assert.Equal((inBatch.Table, inBatch.Constraint, inBatch.ParentTable), (alone.Table, alone.Constraint, alone.ParentTable));
            Assert.Equal(inBatch.Columns, alone.Columns);
        }

        return inBatch;

        void Check(DatabaseException error)
        {
            Assert.Equal("tested", error.Label);
            Assert.True(error.Sql == sql || (mayFailAtCommit && error.Sql is null), error.Sql);
            Assert.False(error.IsTransient);
            Assert.False(error.OutcomeUnknown);
            Assert.NotEmpty(error.Message);
        }
    }
}
