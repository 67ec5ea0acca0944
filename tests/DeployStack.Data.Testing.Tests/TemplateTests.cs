using DeployStack.Data.Migrations;
using DeployStack.Data.Plugins;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Testing.Tests;

public sealed class TemplateTests
{
    private static int _described;
    private static int _seeded;

    [Fact]
    public async Task Eight_classes_in_parallel_build_the_template_once_and_meet_no_lock()
    {
        var builds = 0;
        var template = TestDatabase.Template(options =>
        {
            options.Configure(builder => builder.AddMigrations(typeof(Schema).Assembly));
            options.Seed(async (database, cancellationToken) =>
            {
                Interlocked.Increment(ref builds);
                await database.ExecuteAsync("UPDATE roles SET description = 'seeded'", cancellationToken: cancellationToken);
            });
        });
        using var start = new Barrier(8);

        var classes = Enumerable.Range(0, 8).Select(number => Task.Factory.StartNew(
            async () =>
            {
                start.SignalAndWait();
                for (var i = 0; i < 12; i++)
                {
                    await using var db = await template.CreateAsync(options => Place(options, onFile: (number + i) % 4 == 0));
                    await db.ExecuteAsync("INSERT INTO roles (id, name, permissions, created_at, updated_at) VALUES (@id, @id, '[]', 0, 0)", new { id = $"{number}-{i}" });
                    Assert.Equal(3, await db.CountAsync("roles"));
                    Assert.Equal(2, await db.CountAsync("roles WHERE description = 'seeded'"));
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap());
        await Task.WhenAll(classes);

        Assert.Equal(1, builds);
    }

    [Fact]
    public async Task Plugins_are_installed_in_the_template_and_confined_in_every_copy()
    {
        var initialized = 0;
        var template = TestDatabase.Template(options => options.Configure(builder => builder
            .AddMigrations(typeof(Schema).Assembly)
            .AddPlugin("notes", plugin => plugin
                .AddMigrations(MigrationSource.FromScripts(new Dictionary<string, string> { ["0001_pages.sql"] = "CREATE TABLE notes_pages (id INTEGER PRIMARY KEY, text TEXT NOT NULL);" }))
                .OnInitialize(async (own, cancellationToken) =>
                {
                    initialized++;
                    await own.ExecuteAsync("INSERT INTO notes_pages (text) VALUES ('first')", cancellationToken: cancellationToken);
                }))));
        for (var copy = 0; copy < 2; copy++)
        {
            await using var db = await template.CreateAsync();
            var own = db.Services.GetRequiredService<IPluginManager>().GetDatabase("notes");
            Assert.Equal(1, await own.CountAsync("notes_pages"));
            var refusal = await Assert.ThrowsAsync<DatabaseException>(() => own.CountAsync("roles"));
            Assert.Equal(DatabaseErrorKind.NotAuthorized, refusal.Kind);
        }

        Assert.Equal(1, initialized);
    }

    [Fact]
    public async Task A_lambda_that_captures_nothing_stands_for_one_template()
    {
        for (var i = 0; i < 3; i++)
        {
            await using var db = await TestDatabase.CreateAsync(static options =>
            {
                Interlocked.Increment(ref _described);
                options.Seed(async (database, cancellationToken) =>
                {
                    Interlocked.Increment(ref _seeded);
                    await database.ExecuteAsync("CREATE TABLE items (id)", cancellationToken: cancellationToken);
                });
            });
            Assert.Equal(0, await db.CountAsync());
        }

        Assert.Equal((1, 1), (_described, _seeded));
    }

    [Fact]
    public async Task A_lambda_that_captures_a_variable_describes_another_template_each_time()
    {
        foreach (var rows in new[] { 1, 2, 3 })
        {
            await using var db = await TestDatabase.CreateAsync(options => options.Seed("CREATE TABLE items (id)", $"INSERT INTO items SELECT value FROM json_each('[{string.Join(',', Enumerable.Range(0, rows))}]')"));
            Assert.Equal(rows, await db.CountAsync());
        }
    }

    [Fact]
    public async Task A_broken_migration_fails_each_call_with_its_typed_error_and_can_be_retried()
    {
        var script = "CREATE TABLE items (id); CREATE TABEL oops (id)";
        var template = TestDatabase.Template(options => options.Configure(builder => builder.AddScript("0001_items.sql", script)));
        for (var i = 0; i < 2; i++)
        {
            var error = await Assert.ThrowsAsync<MigrationException>(() => template.CreateAsync());
            Assert.Equal(("0001", 2), (error.Identity, error.Statement));
        }

        script = "CREATE TABLE items (id)";
        await using var db = await template.CreateAsync();
        Assert.Equal(0, await db.CountAsync());
    }

    [Fact]
    public async Task A_broken_seed_fails_all_who_wait_and_leaves_nothing()
    {
        var attempts = 0;
        var waiting = new TaskCompletionSource();
        var template = TestDatabase.Template(options => options.Seed(async (database, cancellationToken) =>
        {
            Interlocked.Increment(ref attempts);
            await waiting.Task;
            await database.ExecuteAsync("INSERT INTO nowhere VALUES (1)", cancellationToken: cancellationToken);
        }));
        var callers = Enumerable.Range(0, 8).Select(_ => template.CreateAsync()).ToList();
        waiting.SetResult();
        foreach (var caller in callers)
        {
            Assert.Equal(DatabaseErrorKind.SchemaMissing, (await Assert.ThrowsAsync<DatabaseException>(() => caller)).Kind);
        }

        Assert.Equal(1, attempts);
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_disturb_the_others()
    {
        var begun = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var template = TestDatabase.Template(options => options.Seed(async (database, cancellationToken) =>
        {
            begun.SetResult();
            await go.Task.WaitAsync(cancellationToken);
            await database.ExecuteAsync("CREATE TABLE items (id)", cancellationToken: cancellationToken);
        }));
        using var impatience = new CancellationTokenSource();
        var impatient = template.CreateAsync(cancellationToken: impatience.Token);
        var patient = template.CreateAsync();
        await begun.Task;
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        go.SetResult();
        await using var db = await patient;
        Assert.Equal(0, await db.CountAsync());
    }

    [Fact]
    public async Task A_seed_that_hangs_is_told_when_nobody_waits_any_longer_and_the_next_call_builds_again()
    {
        var stopped = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var attempts = 0;
        var template = TestDatabase.Template(options => options.Seed(async (_, cancellationToken) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
            {
                await using var registration = cancellationToken.Register(stopped.SetResult);
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }));
        using var impatience = new CancellationTokenSource();
        var call = template.CreateAsync(cancellationToken: impatience.Token);
        await begun.Task;
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await stopped.Task;
        await using var db = await template.CreateAsync();
        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task A_template_grows_out_of_another_and_migrates_nothing_again()
    {
        var larger = Schema.Items.With((database, cancellationToken) => database.ExecuteAsync("INSERT INTO items (name) VALUES ('third')", cancellationToken: cancellationToken));
        await using var large = await larger.CreateAsync();
        await using var small = await Schema.Items.CreateAsync();
        Assert.Equal((3, 2), (await large.CountAsync(), await small.CountAsync()));
    }

    [Fact]
    public async Task Options_of_the_engine_hold_for_template_and_copies()
    {
        var seen = 0;
        var template = TestDatabase.Template(options =>
        {
            options.Sqlite(engine =>
            {
                engine.Path = "/nowhere/ignored.db";
                engine.OnQuery = _ => Interlocked.Increment(ref seen);
                engine.OnConnectionOpened = connection => connection.CreateFunction("twice", (long value) => 2 * value);
            });
            options.Seed("CREATE TABLE items (id)", "INSERT INTO items VALUES (twice(21))");
        });
        await using var db = await template.CreateAsync();
        Assert.Equal(84, await db.ExecuteScalarAsync<long>("SELECT twice(id) FROM items"));
        Assert.Equal(":memory:", db.Engine.Path);
        Assert.Equal(3, seen);
    }

    [Fact]
    public async Task Services_of_the_application_are_resolved_over_the_copy()
    {
        var template = TestDatabase.Template(options =>
        {
            options.Configure(builder => builder.Services.AddScoped<ItemCounter>());
            options.Seed("CREATE TABLE items (id)", "INSERT INTO items VALUES (1)");
        });
        await using var db = await template.CreateAsync();
        await using var scope = db.Services.CreateAsyncScope();
        Assert.Equal(1, await scope.ServiceProvider.GetRequiredService<ItemCounter>().CountAsync());
    }

    private static void Place(TestDatabaseCopyOptions options, bool onFile)
    {
        if (onFile)
        {
            options.OnFile();
        }
    }

    private sealed class ItemCounter(IDeployStackDatabase database)
    {
        public Task<long> CountAsync() => database.CountAsync();
    }
}
