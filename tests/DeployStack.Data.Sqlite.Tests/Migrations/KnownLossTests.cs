using DeployStack.Data.Migrations;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>Four ways in which migrations are known to lose data. Each test first loses it the usual way, and then does the
/// same with a runner, which keeps it.</summary>
public sealed class KnownLossTests
{
    private const string Users = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT);
        CREATE TABLE sessions (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users(id) ON DELETE CASCADE);
        """;

    private const string UserRows = "INSERT INTO users VALUES (1, 'a', '123'), (2, 'b', NULL); INSERT INTO sessions VALUES (1, 1), (2, 1), (3, 2);";

    private const string Rebuild = """
        CREATE TABLE `__new_users` (`id` INTEGER PRIMARY KEY, `name` TEXT NOT NULL, `phone` TEXT, `email` TEXT);--> statement-breakpoint
        INSERT INTO `__new_users`(`id`, `name`, `phone`) SELECT `id`, `name`, `phone` FROM `users`;--> statement-breakpoint
        DROP TABLE `users`;--> statement-breakpoint
        ALTER TABLE `__new_users` RENAME TO `users`;
        """;

    private const string RebuildWithPragma = "PRAGMA foreign_keys=OFF;--> statement-breakpoint\n" + Rebuild + "--> statement-breakpoint\nPRAGMA foreign_keys=ON;";

    [Fact]
    public async Task A_rebuilt_table_takes_its_children_along()
    {
        using (var naive = new NaiveDatabase())
        {
            naive.Execute(Users + UserRows);
            naive.Execute("BEGIN");
            naive.Execute(RebuildWithPragma); // foreign_keys=OFF does nothing inside a transaction
            naive.Execute("COMMIT");
            Assert.Equal((2, 0), (naive.Count("users"), naive.Count("sessions")));
        }

        await using var ours = new TemporarySqlite();
        await FilledAsync(ours.Database);
        await ApplyAsync(ours.Database, ("0001_users.sql", Users), ("0002_rebuild.sql", RebuildWithPragma));
        Assert.Equal((2, 3), (await CountAsync(ours.Database, "users"), await CountAsync(ours.Database, "sessions")));
        await Assert.ThrowsAsync<DatabaseException>(() => ours.Database.ExecuteAsync("INSERT INTO sessions VALUES (9, 9)")); // they are on again
    }

    [Fact]
    public async Task A_rebuilt_table_without_the_pragma_takes_its_children_along()
    {
        using (var naive = new NaiveDatabase())
        {
            naive.Execute(Users + UserRows);
            naive.Execute("BEGIN");
            naive.Execute(Rebuild);
            naive.Execute("COMMIT");
            Assert.Equal((2, 0), (naive.Count("users"), naive.Count("sessions")));
        }

        await using var ours = new TemporarySqlite();
        await FilledAsync(ours.Database);
        var error = await Assert.ThrowsAsync<MigrationException>(() => ApplyAsync(ours.Database, ("0001_users.sql", Users), ("0002_rebuild.sql", Rebuild)));
        Assert.Contains("DL101", error.Message, StringComparison.Ordinal);
        Assert.Equal((2, 3), (await CountAsync(ours.Database, "users"), await CountAsync(ours.Database, "sessions")));
    }

    [Fact]
    public async Task Tables_of_a_plugin_are_made_anew_at_every_start()
    {
        const string Create = "CREATE TABLE \"notes-plugin_notes\" (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
        const string Row = "INSERT INTO \"notes-plugin_notes\" (text) VALUES ('kept?')";
        using (var naive = new NaiveDatabase())
        {
            NaiveStart(naive);
            naive.Execute(Row);
            NaiveStart(naive);
            Assert.Equal(0, naive.Count("\"notes-plugin_notes\""));
        }

        await using var ours = new TemporarySqlite();
        await ApplyAsync(ours.Database, ("0001_notes.sql", Create));
        await ours.Database.ExecuteAsync(Row);
        await ApplyAsync(ours.Database, ("0001_notes.sql", Create)); // the next start
        await ApplyAsync(ours.Database, ("0001_notes.sql", Create), ("0002_pinned.sql", "ALTER TABLE \"notes-plugin_notes\" ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0")); // and one with a newer plugin
        Assert.Equal([("kept?", 0L)], await ours.Database.QueryAsync<(string Text, long Pinned)>("SELECT text, pinned FROM \"notes-plugin_notes\""));

        static void NaiveStart(NaiveDatabase database)
        {
            database.Execute("DROP TABLE IF EXISTS \"notes-plugin_notes\"");
            database.Execute(Create);
        }
    }

    [Fact]
    public async Task A_file_is_applied_by_half()
    {
        string[] statements =
        [
            "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone TEXT NOT NULL)",
            "CREATE TABLE leaving AS SELECT id, name, phone FROM users",
            "DELETE FROM users WHERE 1 = 1",
            "INSERT INTO people SELECT id, name, phone FROM leaving", // one of them has no phone
            "DROP TABLE leaving",
        ];
        var script = string.Join(";\n", statements);
        using (var naive = new NaiveDatabase())
        {
            naive.Execute(Users + UserRows);
            Assert.Throws<SqliteException>(() => NaiveStart(naive));
            Assert.Equal((0, 0, 0), (naive.Count("users"), naive.Count("people"), naive.Count("sessions")));
            naive.Execute("UPDATE leaving SET phone = '?' WHERE phone IS NULL"); // the cause is removed
            Assert.Contains("already exists", Assert.Throws<SqliteException>(() => NaiveStart(naive)).Message, StringComparison.Ordinal); // and no start will ever succeed
        }

        await using var ours = new TemporarySqlite();
        await FilledAsync(ours.Database);
        await Assert.ThrowsAsync<MigrationException>(() => ApplyAsync(ours.Database, ("0001_users.sql", Users), ("0002_people.sql", script)));
        Assert.Equal((2, 3), (await CountAsync(ours.Database, "users"), await CountAsync(ours.Database, "sessions")));
        await ours.Database.ExecuteAsync("UPDATE users SET phone = '?' WHERE phone IS NULL");
        await ApplyAsync(ours.Database, ("0001_users.sql", Users), ("0002_people.sql", script));
        Assert.Equal(2, await CountAsync(ours.Database, "people"));

        void NaiveStart(NaiveDatabase database)
        {
            foreach (var statement in statements) // no transaction
            {
                database.Execute(statement);
            }
        }
    }

    [Fact]
    public async Task A_migration_of_a_late_branch_is_skipped()
    {
        (string Name, string Sql) users = ("0001_users.sql", Users);
        (string Name, string Sql) move = ("0002_move_phones.sql", "CREATE TABLE IF NOT EXISTS phones (user_id INTEGER, number TEXT);\nINSERT INTO phones SELECT id, phone FROM users WHERE phone IS NOT NULL;");
        (string Name, string Sql) other = ("0003_other.sql", "CREATE TABLE phones (user_id INTEGER, number TEXT);");
        (string Name, string Sql) drop = ("0004_drop_phone.sql", "ALTER TABLE users DROP COLUMN phone;");
        using (var naive = new NaiveDatabase())
        {
            naive.Execute("CREATE TABLE applied (name TEXT)");
            NaiveStart(naive, users);
            naive.Execute(UserRows);
            NaiveStart(naive, users, other);
            NaiveStart(naive, users, move, other, drop); // the branch with 'move' is merged late
            Assert.Equal(0, naive.Count("phones"));
            Assert.Equal(0L, naive.Scalar("SELECT count(*) FROM pragma_table_info('users') WHERE name = 'phone'")); // the numbers are gone
        }

        await using var ours = new TemporarySqlite();
        await FilledAsync(ours.Database);
        await ApplyAsync(ours.Database, users, other);
        await ApplyAsync(ours.Database, users, move, other, drop);
        Assert.Equal(["123"], await ours.Database.QueryAsync<string>("SELECT number FROM phones"));

        static void NaiveStart(NaiveDatabase database, params (string Name, string Sql)[] migrations)
        {
            foreach (var (name, sql) in migrations)
            {
                if (database.Scalar("SELECT max(name) FROM applied") is not string newest || string.CompareOrdinal(name, newest) > 0) // a high-water mark
                {
                    database.Execute(sql);
                    database.Execute($"INSERT INTO applied VALUES ('{name}')");
                }
            }
        }
    }

    private static async Task FilledAsync(IDeployStackDatabase database)
    {
        await ApplyAsync(database, ("0001_users.sql", Users));
        await database.ExecuteBatchAsync([.. UserRows.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static sql => new SqlStatement(sql))]);
    }

    private static Task<MigrationResult> ApplyAsync(IDeployStackDatabase database, params (string Name, string Sql)[] scripts)
        => MigrationRunnerFactory.Create(database, new MigrationOptions { Sources = { MigrationSource.FromScripts(scripts.ToDictionary(static script => script.Name, static script => script.Sql)) } }).ApplyAsync();

    private static Task<long> CountAsync(IDeployStackDatabase database, string table) => database.ExecuteScalarAsync<long>($"SELECT count(*) FROM {table}")!;
}
