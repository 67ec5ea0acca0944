using DeployStack.Data.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Testing.Tests;

public sealed class IsolationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_one_database_writes_no_other_sees(bool onFile)
    {
        await using var one = await Schema.Items.CreateAsync(options => Place(options, onFile));
        await using var other = await Schema.Items.CreateAsync(options => Place(options, onFile));

        await one.ExecuteAsync("INSERT INTO items (name) VALUES ('third')");
        await other.ExecuteAsync("DROP TABLE items");
        await using var later = await Schema.Items.CreateAsync(options => Place(options, onFile));

        Assert.Equal(3, await one.CountAsync());
        Assert.Equal(2, await later.CountAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_empty_database_in_which_migrations_are_validated_has_nothing_of_the_template(bool onFile)
    {
        var template = TestDatabase.Template(options => options.Configure(builder => builder.AddScript("0001_items.sql", "CREATE TABLE items (id)")));
        await using var db = await template.CreateAsync(options =>
        {
            if (onFile)
            {
                options.OnFile();
            }
        });
        var validation = await db.Migrations.ValidateAsync();
        Assert.True(validation.IsValid, string.Join('\n', validation.Findings));
    }

    [Fact]
    public async Task A_database_grows_beyond_its_template_and_the_template_does_not()
    {
        await using (var grown = await Schema.Items.CreateAsync())
        {
            await grown.ExecuteAsync("INSERT INTO items (name) SELECT hex(randomblob(500)) FROM (WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000) SELECT i FROM n)");
            Assert.Equal(2002, await grown.CountAsync());
            Assert.Equal("ok", await grown.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
        }

        await using var fresh = await Schema.Items.CreateAsync();
        Assert.Equal(2, await fresh.CountAsync());
    }

    [Fact]
    public async Task Services_of_two_databases_are_two_instances()
    {
        var template = TestDatabase.Template(options => options.Configure(builder => builder.Services.AddSingleton(new List<string>())));
        await using var one = await template.CreateAsync();
        await using var other = await template.CreateAsync();
        Assert.NotSame(one.Services.GetRequiredService<List<string>>(), other.Services.GetRequiredService<List<string>>());
        Assert.NotSame(one.Database, other.Database);
    }

    [Fact]
    public async Task A_database_is_migrated_and_has_its_settings()
    {
        await using var db = await Schema.Quickstart.CreateAsync();
        var status = await db.Migrations.GetStatusAsync();
        Assert.Equal(6, status.Applied.Count);
        Assert.Empty(status.Pending);
        Assert.Equal("hello", await db.Settings.GetAsync(Schema.Greeting));
        Assert.Equal(2, await db.CountAsync("roles"));
        Assert.Equal("ok", await db.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Foreign_keys_rollback_and_typed_errors_work_as_on_a_file()
    {
        await using var db = await Schema.Quickstart.CreateAsync();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => db.WriteAsync(async session =>
        {
            await session.ExecuteAsync("DELETE FROM roles WHERE id = 'global_user'");
            await session.ExecuteAsync("INSERT INTO authSession (id, user_id, expires_at) VALUES ('s', 'nobody', 0)");
        }));
        Assert.Equal(DatabaseErrorKind.ForeignKeyViolation, error.Kind);
        Assert.Equal(2, await db.CountAsync("roles"));
    }

    [Fact]
    public async Task All_settings_of_the_engine_are_in_force_on_a_copied_database()
    {
        await using var memory = await Schema.Items.CreateAsync();
        await using var file = await Schema.Items.CreateAsync(options => options.OnFile());
        await file.CountAsync(); // opens a reader as well
        Assert.DoesNotContain(await memory.Engine.GetEffectiveSettingsAsync(), setting => !setting.IsAsAsked);
        Assert.DoesNotContain(await file.Engine.GetEffectiveSettingsAsync(), setting => !setting.IsAsAsked);
        Assert.Contains(await file.Engine.GetEffectiveSettingsAsync(), setting => setting is { Name: "journal_mode", Got: "wal" });
    }

    [Fact]
    public async Task A_named_database_has_its_services_under_its_name()
    {
        var template = TestDatabase.Template(options =>
        {
            options.Name = "tenant-a";
            options.Configure(builder => builder.AddScript("0001_a.sql", "CREATE TABLE a (b)"));
        });
        await using var db = await template.CreateAsync();
        Assert.Equal("tenant-a", db.Name);
        Assert.Same(db.Database, db.Services.GetRequiredKeyedService<IDeployStackDatabase>("tenant-a"));
        Assert.Single((await db.Migrations.GetStatusAsync()).Applied);
    }

    [Fact]
    public async Task A_template_without_anything_gives_an_empty_database()
    {
        var template = TestDatabase.Template(static _ => { });
        await using var memory = await template.CreateAsync();
        await using var file = await template.CreateAsync(options => options.OnFile());
        Assert.Equal(0, await memory.CountAsync("sqlite_schema"));
        Assert.Equal(0, await file.CountAsync("sqlite_schema"));
        var missing = Assert.Throws<InvalidOperationException>(() => memory.Migrations);
        Assert.Contains("AddMigrations", missing.Message, StringComparison.Ordinal);
    }

    private static void Place(TestDatabaseCopyOptions options, bool onFile)
    {
        if (onFile)
        {
            options.OnFile();
        }
    }
}
