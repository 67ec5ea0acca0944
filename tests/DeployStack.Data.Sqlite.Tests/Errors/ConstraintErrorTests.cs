using DeployStack.Data.Sqlite.Errors;

namespace DeployStack.Data.Sqlite.Tests.Errors;

public sealed class ConstraintErrorTests() : SchemaTests(options => options.Path = ":memory:")
{
    protected override IReadOnlyList<string> Schema =>
    [
        """
        CREATE TABLE users (
          id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, age INTEGER CHECK (age >= 0), first TEXT, last TEXT,
          CONSTRAINT names_differ CHECK (first <> last AND length(first) < 100), UNIQUE (name, email))
        """,
        "CREATE UNIQUE INDEX users_lower ON users (lower(name))",
        "CREATE TABLE codes (code TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID",
        "CREATE TABLE strict_items (id INTEGER PRIMARY KEY, size INTEGER) STRICT",
        "CREATE TABLE audited (id INTEGER PRIMARY KEY, what TEXT)",
        "CREATE TABLE log (what TEXT, CONSTRAINT not_secret CHECK (what <> 'x'))",
        "CREATE TRIGGER audited_log AFTER INSERT ON audited BEGIN INSERT INTO log VALUES (NEW.what); END",
        "CREATE TRIGGER users_guard BEFORE DELETE ON users BEGIN SELECT RAISE(ABORT, 'users are kept, it''s the rule'); END",
        "CREATE TRIGGER codes_guard BEFORE DELETE ON codes BEGIN SELECT RAISE(ABORT, 'no ' || OLD.code); END",
        "INSERT INTO users (id, name, email) VALUES (1, 'Ann', 'a@x')",
        "INSERT INTO codes VALUES ('TOPSECRET', 1)",
    ];

    [Theory]
    [InlineData("INSERT INTO users (id, name) VALUES (1, 'Bob')", DatabaseErrorKind.UniqueViolation, "users", "id", null)]
    [InlineData("INSERT INTO users (name, email) VALUES ('Ann', 'a@x')", DatabaseErrorKind.UniqueViolation, "users", "", "users_lower")]
    [InlineData("INSERT INTO codes VALUES ('TOPSECRET', 2)", DatabaseErrorKind.UniqueViolation, "codes", "code", null)]
    [InlineData("INSERT INTO users (name) VALUES (NULL)", DatabaseErrorKind.NotNullViolation, "users", "name", null)]
    [InlineData("INSERT INTO users (name, age) VALUES ('Bob', -1)", DatabaseErrorKind.CheckViolation, "users", "age", "age >= 0")]
    [InlineData("INSERT INTO users (name, first, last) VALUES ('Bob', 'a', 'a')", DatabaseErrorKind.CheckViolation, "users", "first,last", "names_differ")]
    [InlineData("INSERT INTO strict_items (size) VALUES ('big')", DatabaseErrorKind.CheckViolation, "strict_items", "size", null)]
    [InlineData("INSERT INTO audited (what) VALUES ('x')", DatabaseErrorKind.CheckViolation, "log", "what", "not_secret")]
    [InlineData("DELETE FROM users", DatabaseErrorKind.CheckViolation, "users", "", "users_guard")]
    public async Task A_violated_constraint_names_table_columns_and_constraint(string sql, DatabaseErrorKind kind, string table, string columns, string? constraint)
    {
        var error = await FailsAsync(sql);
        Assert.Equal((kind, table, columns, constraint), (error.Kind, error.Table, string.Join(',', error.Columns), error.Constraint));
        Assert.Contains(table, error.Message, StringComparison.Ordinal);
        Assert.Equal((false, sql), (error.IsTransient, error.Sql));
    }

    [Fact]
    public async Task Two_columns_of_a_unique_constraint_are_both_named()
    {
        await Database.ExecuteAsync("DROP INDEX users_lower");
        var error = await FailsAsync("INSERT INTO users (name, email) VALUES ('Ann', 'a@x')");
        Assert.Equal(["name", "email"], error.Columns);
    }

    [Fact]
    public async Task A_constant_text_of_RAISE_is_repeated_and_a_composed_one_is_not()
    {
        var constant = await FailsAsync("DELETE FROM users");
        Assert.Contains("users are kept, it's the rule", constant.Message, StringComparison.Ordinal);

        var composed = await FailsAsync("DELETE FROM codes");
        Assert.Equal(DatabaseErrorKind.CheckViolation, composed.Kind);
        Assert.DoesNotContain("TOPSECRET", composed.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_check_in_two_tables_that_a_trigger_could_write_names_none()
    {
        await Database.ExecuteAsync("CREATE TABLE log2 (what TEXT, CONSTRAINT not_secret CHECK (what <> 'x'))");
        var error = await FailsAsync("INSERT INTO audited (what) VALUES ('x')");
        Assert.Equal((null, "not_secret"), (error.Table, error.Constraint));

        error = await FailsAsync("INSERT INTO log2 (what) VALUES ('x')");
        Assert.Equal("log2", error.Table);
    }

    [Fact]
    public async Task A_violation_inside_a_unit_leaves_its_transaction_open()
    {
        var rolledBack = await Database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("INSERT INTO log VALUES ('before')");
            var error = await Assert.ThrowsAsync<DatabaseException>(() => session.ExecuteAsync("INSERT INTO log VALUES ('x')").AsTask());
            await session.ExecuteAsync("INSERT INTO log VALUES ('after')");
            return error.TransactionRolledBack;
        });
        Assert.False(rolledBack);
        Assert.Equal(2, await Database.ExecuteScalarAsync<long>("SELECT count(*) FROM log"));
    }

    [Theory]
    [InlineData("t.a", "t", "a")]
    [InlineData("t.a, t.b", "t", "a,b")]
    [InlineData("t.a, u.b", null, "")]
    [InlineData("my.table.a", null, "")]
    [InlineData("t.", null, "")]
    [InlineData("nothing", null, "")]
    public void Names_are_split_only_where_they_can_be_told_apart(string names, string? table, string columns)
    {
        var (foundTable, foundColumns) = ConstraintFacts.Split(names);
        Assert.Equal((table, columns), (foundTable, string.Join(',', foundColumns)));
    }
}
