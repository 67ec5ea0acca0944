using Dapper;
using Microsoft.EntityFrameworkCore;

namespace DeployStack.Data.Sqlite.Tests.Lending;

public sealed class EntityFrameworkTests
{
    [Fact]
    public async Task EF_Core_works_on_a_lent_connection_beside_the_engine()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await using (var connection = sqlite.DataSource.CreateConnection())
        await using (var context = new ItemContext(connection))
        {
            context.Items.Add(new Item { Name = "from EF" });
            await context.SaveChangesAsync();
            Assert.Equal(["first", "from EF"], await context.Items.OrderBy(item => item.Id).Select(item => item.Name).ToListAsync());
        }

        Assert.Equal(2, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task EF_Core_writes_while_the_engine_writes()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var engine = Task.WhenAll(Enumerable.Range(0, 200).Select(i => sqlite.Database.ExecuteAsync("INSERT INTO items (name) VALUES (@name)", new { name = $"engine {i}" })));
        for (var i = 0; i < 20; i++)
        {
            await using var connection = sqlite.DataSource.CreateConnection();
            await using var context = new ItemContext(connection);
            context.Items.Add(new Item { Name = $"ef {i}" });
            await context.SaveChangesAsync();
        }

        await engine;
        Assert.Equal(221, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task Dapper_works_on_a_lent_connection_and_on_the_connection_of_a_session()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await using (var connection = await sqlite.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("INSERT INTO items (name) VALUES (@name)", new { name = "by Dapper" });
        }

        var names = await sqlite.Database.WriteAsync(async s =>
        {
            await s.ExecuteAsync("INSERT INTO items (name) VALUES ('in the unit')");
            return (await s.Connection.QueryAsync<string>("SELECT name FROM items ORDER BY id")).ToList();
        });

        Assert.Equal(["first", "by Dapper", "in the unit"], names);
    }

    [Fact]
    public async Task What_a_unit_did_by_the_lent_connection_is_rolled_back_with_the_unit()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => sqlite.Database.WriteAsync(async s =>
        {
            await s.Connection.ExecuteAsync("INSERT INTO items (name) VALUES ('lost')");
            throw new InvalidOperationException("leave");
        }));
        Assert.Equal(1, await sqlite.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM items"));
    }

    [Fact]
    public async Task A_unit_that_ends_its_transaction_on_the_lent_connection_is_told()
    {
        await using var sqlite = new TemporarySqlite();
        await sqlite.CreateTableAsync();
        var exception = await Assert.ThrowsAsync<DatabaseException>(() => sqlite.Database.WriteAsync(async s =>
        {
            await s.Connection.ExecuteAsync("COMMIT");
        }));
        Assert.Equal(DatabaseErrorKind.SessionMisuse, exception.Kind);
        Assert.Equal(1, await sqlite.Database.ExecuteAsync("INSERT INTO items (name) VALUES ('next')"));
    }

    [Fact]
    public async Task A_database_in_memory_has_no_connection_to_lend()
    {
        await using var sqlite = new TemporarySqlite(options => options.Path = ":memory:");
        var exception = Assert.Throws<DatabaseException>(() => sqlite.DataSource.CreateConnection());
        Assert.Equal(DatabaseErrorKind.NotSupported, exception.Kind);
    }

    private sealed class ItemContext(System.Data.Common.DbConnection connection) : DbContext
    {
        public DbSet<Item> Items => Set<Item>();

        protected override void OnConfiguring(DbContextOptionsBuilder options) => options.UseSqlite(connection);

        protected override void OnModelCreating(ModelBuilder model) => model.Entity<Item>(entity =>
        {
            entity.ToTable("items");
            entity.Property(item => item.Id).HasColumnName("id");
            entity.Property(item => item.Name).HasColumnName("name");
        });
    }

    private sealed class Item
    {
        public long Id { get; set; }

        public string Name { get; set; } = string.Empty;
    }
}
