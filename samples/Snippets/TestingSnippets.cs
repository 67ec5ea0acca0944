using DeployStack.Data.Settings;
using DeployStack.Data.Snippets.TestFrameworks;
using DeployStack.Data.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/testing.md.</summary>
public static class TestingSnippets
{
    // snippet: testing-template
    internal static class Databases
    {
        public static readonly TestDatabaseTemplate Empty = TestDatabase.Template(options => options.Configure(builder => builder
            .AddMigrations(typeof(TeamRepository).Assembly)
            .AddSettings(settings => settings.Add(Mail.Group))
            .Services.AddScoped<TeamRepository>()));

        public static readonly TestDatabaseTemplate WithTeams = Empty.With((db, cancellationToken) =>
            db.ExecuteAsync("INSERT INTO teams (id, name) VALUES (1, 'first'), (2, 'second')", cancellationToken: cancellationToken));
    }
    // end snippet

    // snippet: testing-xunit
    public sealed class TeamTests
    {
        [Fact]
        public async Task A_team_can_be_renamed()
        {
            await using var db = await Databases.WithTeams.CreateAsync();
            var teams = new TeamRepository(db); // or db.Services.GetRequiredService<TeamRepository>()

            await teams.RenameAsync(1, "renamed");

            Assert.Equal("renamed", await db.ExecuteScalarAsync<string>("SELECT name FROM teams WHERE id = 1"));
        }
    }
    // end snippet

    // snippet: testing-nunit
    public sealed class MemberTests
    {
        private TestDatabase _db = null!;

        [SetUp]
        public async Task OpenAsync() => _db = await Databases.WithTeams.CreateAsync(options => options.KeepFileOnFailure = true);

        [TearDown]
        public async Task CloseAsync()
        {
            if (TestContext.HasFailed) // ask your framework for the outcome of the test
            {
                _db.MarkFailed();
            }

            await _db.DisposeAsync();
        }

        [Test]
        public async Task Teams_are_counted() => Assert.Equal(2, await _db.ExecuteScalarAsync<long>("SELECT count(*) FROM teams"));
    }
    // end snippet

    public static async Task OnFileAsync()
    {
        // snippet: testing-file
        await using var db = await Databases.WithTeams.CreateAsync(options => options.OnFile());
        Console.WriteLine(db.Path); // readers beside the writer, connections for EF Core and Dapper, a second process
        // end snippet
    }

    public static async Task PlansAsync(TestDatabase db)
    {
        // snippet: testing-plans
        await db.AssertUsesIndexAsync("SELECT * FROM teams WHERE slug = @slug", index: "teams_slug");
        await db.AssertNoFullScanAsync("SELECT * FROM teams JOIN plans ON plans.id = plan_id WHERE slug = @slug", except: ["plans"]);
        await db.AssertNoSortAsync("SELECT * FROM teams ORDER BY slug LIMIT 20");
        // end snippet
    }

    public static async Task RecordAsync(TestDatabase db, TeamRepository teams)
    {
        // snippet: testing-record
        using var recording = db.Record();

        await teams.ListWithMembersAsync();

        recording.AssertCount(2);    // exactly two statements
        recording.AssertNoWrites();
        recording.AssertNoRepeats(); // no query for each row of another query
        // end snippet
    }

    public static async Task ClockAsync(TestDatabase db)
    {
        // snippet: testing-clock
        db.Time.Advance(TimeSpan.FromDays(30)); // stands still otherwise

        await db.Settings.SetAsync(Mail.Port, 465);
        var updated = await db.ExecuteScalarAsync<long>("SELECT updated_at FROM globalSettings WHERE key = 'mail.port'");

        Assert.Equal(db.Time.GetUtcNow().ToUnixTimeSeconds(), updated);
        // end snippet
    }

    public static async Task KeepAsync(Action<string> output)
    {
        // snippet: testing-keep
        await Databases.WithTeams.RunAsync(
            async db => Assert.Equal(3, await db.ExecuteScalarAsync<long>("SELECT count(*) FROM teams")),
            options =>
            {
                options.KeepFileOnFailure = true;
                options.OnKept = path => output($"sqlite3 {path}");
            });
        // end snippet
    }

    public static async Task CreateAsync()
    {
        // snippet: testing-create
        await using var db = await TestDatabase.CreateAsync(static options =>
        {
            options.Sqlite(engine => engine.OnConnectionOpened = connection => connection.CreateFunction("twice", (long value) => 2 * value));
            options.Seed("CREATE TABLE items (id INTEGER PRIMARY KEY, size INTEGER)", "INSERT INTO items (size) VALUES (twice(21))");
        });
        // end snippet
    }

    public sealed class TeamRepository(IDeployStackDatabase database)
    {
        public Task RenameAsync(long id, string name) => database.ExecuteAsync("UPDATE teams SET name = @name WHERE id = @id", new { id, name });

        public Task<IReadOnlyList<string>> ListWithMembersAsync() => database.QueryAsync<string>("SELECT name FROM teams");
    }

    private static class Mail
    {
        public static readonly Setting<int> Port = new("mail.port", 587);

        public static readonly SettingGroup Group = new("mail", "Mail") { Settings = [Port] };
    }
}
