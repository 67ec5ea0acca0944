using System.Diagnostics;
using DeployStack.Data.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace DeployStack.Data.Hosting.Tests;

public sealed class HealthCheckTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task A_working_database_is_healthy_and_says_no_path()
    {
        var entry = await CheckAsync(_world.Choose("sqlite").Build(database => Health(database)));
        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Null(entry.Description);
        Assert.Equal("sqlite", entry.Data["type"]);
        Assert.True((long)entry.Data["write.ms"] >= 0);
        Assert.DoesNotContain(entry.Data.Values, value => value.ToString()!.Contains(_world.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_write_reaches_the_log_and_leaves_nothing_behind()
    {
        var host = _world.BuildSqlite(database => Health(database));
        var database = World.Database(host);
        await database.WriteAsync(session => session.ExecuteAsync("PRAGMA user_version=42"));
        await database.ExecuteAsync("CREATE TABLE t (id INTEGER)");
        var engine = host.Services.GetRequiredService<Sqlite.ISqliteEngine>();
        await engine.CheckpointAsync();
        Assert.Equal(0, (await engine.GetStatisticsAsync()).WalSize);
        var before = await database.ReadAsync(StateAsync);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
        Assert.True((await engine.GetStatisticsAsync()).WalSize > 4_096, "the write of the check did not reach the log");
        Assert.Equal(before, await database.ReadAsync(StateAsync));
        Assert.Equal(42, before.Version);
    }

    [Fact]
    public async Task A_database_that_is_not_chosen_is_degraded_with_its_reason()
    {
        var host = _world.Build(database => Health(database));
        var entry = await CheckAsync(host);
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Contains("DB_TYPE", entry.Description, StringComparison.Ordinal);
        Assert.Equal("NotConfigured", entry.Data["state"]);
        Assert.Equal(DatabaseErrorKind.NotConfigured, Assert.IsType<DatabaseException>(entry.Exception).Kind);
        Assert.False(File.Exists(_world.DatabaseFile));
        await World.Selection(host).SelectAsync("sqlite");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_choice_that_cannot_be_used_is_reported_as_the_failure_status()
    {
        var entry = await CheckAsync(_world.WriteSelection("{").Build(database => database.Services.AddHealthChecks().AddDeployStackDatabase(failureStatus: HealthStatus.Degraded)));
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("Invalid", entry.Data["state"]);
        Assert.Contains(_world.SelectionFile, entry.Exception!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_world.SelectionFile, entry.Description!, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(_world.Build(database => Health(database)))).Status);
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_unhealthy()
    {
        Directory.CreateDirectory(_world.DatabaseFile);
        var entry = await CheckAsync(_world.BuildSqlite(database => Health(database)));
        Assert.Equal(HealthStatus.Unhealthy, entry.Status);
        Assert.IsAssignableFrom<DatabaseException>(entry.Exception);
        Assert.DoesNotContain(_world.Folder, entry.Description!, StringComparison.Ordinal);
        Assert.True(entry.Data.ContainsKey("open.error"));
    }

    [Theory]
    [InlineData(null, HealthStatus.Degraded)]
    [InlineData(DatabaseHealth.Unhealthy, HealthStatus.Unhealthy)]
    [InlineData(DatabaseHealth.Healthy, HealthStatus.Healthy)]
    public async Task Pending_migrations_count_as_it_was_said(DatabaseHealth? pending, HealthStatus expected)
    {
        var scripts = Directory.CreateDirectory(Path.Combine(_world.Folder, "scripts")).FullName;
        await File.WriteAllTextAsync(Path.Combine(scripts, "0001_teams.sql"), "CREATE TABLE teams (id INTEGER PRIMARY KEY);");
        var host = _world.BuildSqlite(database => Health(database.AddMigrations(scripts), options => options.PendingMigrations = pending ?? options.PendingMigrations));
        var entry = await CheckAsync(host);
        Assert.Equal((expected, 1), (entry.Status, entry.Data["migrations.pending"]));
        await host.Services.GetRequiredService<Migrations.IMigrationRunner>().ApplyAsync();
        entry = await CheckAsync(host);
        Assert.Equal((HealthStatus.Healthy, 0), (entry.Status, entry.Data["migrations.pending"]));
    }

    [Fact]
    public async Task A_write_lock_held_elsewhere_is_unhealthy_within_the_timeout()
    {
        var host = _world.BuildSqlite(database => Health(database, timeout: TimeSpan.FromSeconds(2)));
        await World.Database(host).ExecuteAsync("CREATE TABLE t (id INTEGER)");
        await using (var other = new SqliteConnection($"Data Source={_world.DatabaseFile};Pooling=false"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            var elapsed = Stopwatch.StartNew();
            var entry = await CheckAsync(host);
            Assert.Equal(HealthStatus.Unhealthy, entry.Status);
            Assert.InRange(elapsed.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(8));
            Assert.Contains(Assert.IsType<DatabaseException>(entry.Exception).Kind, (DatabaseErrorKind[])[DatabaseErrorKind.Busy, DatabaseErrorKind.Timeout]);
        }

        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task A_database_to_be_read_only_is_healthy_when_writes_are_not_checked()
    {
        await World.Database(_world.BuildSqlite()).ExecuteAsync("CREATE TABLE t (id INTEGER)");
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(_world.BuildSqlite(database => Health(database), options => options.ReadOnly = true))).Status);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(_world.BuildSqlite(database => Health(database, options => options.Writes = false), options => options.ReadOnly = true))).Status);
    }

    [Fact]
    public async Task An_engine_that_has_batches_only_is_checked_by_a_write_that_is_rolled_back()
    {
        using var remote = new RemoteRegistration();
        var host = _world.Choose("remote").Build(database => Health(database, timeout: TimeSpan.FromSeconds(20)), selection: options => options.Providers.Add(remote));
        var entry = await CheckAsync(host);
        Assert.True(entry.Status == HealthStatus.Healthy, $"{entry.Description} {entry.Exception}");
        Assert.True(entry.Data.ContainsKey("write.ms"));
        Assert.Equal(0, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema"));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(host)).Status);
    }

    [Fact]
    public async Task Probes_are_asked_and_the_worst_finding_counts()
    {
        var host = _world.BuildSqlite(database =>
        {
            Health(database);
            Probe(database, new("backup", () => Found(new(DatabaseHealth.Degraded, "The last backup is 3 days old.") { Data = new Dictionary<string, object> { ["age_hours"] = 72 } })));
            Probe(database, new("fine", () => Found(new(DatabaseHealth.Healthy))));
            Probe(database, new("foreign", () => Found(new(DatabaseHealth.Unhealthy, "not asked")), systemName: "postgresql"));
        });
        var entry = await CheckAsync(host);
        Assert.Equal((HealthStatus.Degraded, "The last backup is 3 days old.", 72), (entry.Status, entry.Description, entry.Data["backup.age_hours"]));
    }

    [Fact]
    public async Task A_probe_that_throws_is_a_finding_of_its_own()
    {
        var host = _world.BuildSqlite(database =>
        {
            Health(database);
            Probe(database, new("broken", () => throw new InvalidOperationException("secret detail")));
        });
        var entry = await CheckAsync(host);
        Assert.Equal((HealthStatus.Unhealthy, "The check 'broken' failed: InvalidOperationException."), (entry.Status, entry.Description));
        Assert.True(entry.Data.ContainsKey("write.ms"));
    }

    [Fact]
    public async Task A_probe_that_does_not_listen_does_not_keep_the_check_waiting()
    {
        var host = _world.BuildSqlite(database =>
        {
            Health(database, timeout: TimeSpan.FromMilliseconds(700));
            Probe(database, new("deaf", NeverAsync));
        });
        var elapsed = Stopwatch.StartNew();
        var entry = await CheckAsync(host);
        Assert.Equal((HealthStatus.Unhealthy, "No answer within 700 ms."), (entry.Status, entry.Description));
        Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_cancelled_check_is_cancelled()
    {
        var host = _world.BuildSqlite(database =>
        {
            Health(database);
            Probe(database, new("deaf", NeverAsync));
        });
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => World.CheckAsync(host, cancelled.Token));
    }

    [Fact]
    public void A_timeout_must_be_positive()
        => Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceCollection().AddHealthChecks().AddDeployStackDatabase(timeout: TimeSpan.Zero));

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static async Task<HealthReportEntry> CheckAsync(IHost host) => (await World.CheckAsync(host)).Entries["database"];

    private static void Health(IDeployStackDataBuilder database, Action<DatabaseHealthOptions>? configure = null, TimeSpan? timeout = null)
        => database.Services.AddHealthChecks().AddDeployStackDatabase(timeout: timeout ?? TimeSpan.FromSeconds(30), configure: configure);

    private static void Probe(IDeployStackDataBuilder database, Probed probe) => database.Services.AddKeyedSingleton<IDatabaseHealthProbe>(database.Name, probe);

    private static async ValueTask<(long Version, long SchemaVersion, long Tables)> StateAsync(IReadSession session) => (
        await session.ExecuteScalarAsync<long>("PRAGMA user_version"),
        await session.ExecuteScalarAsync<long>("PRAGMA schema_version"),
        await session.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema"));

    private static Task<DatabaseHealthFinding> Found(DatabaseHealthFinding finding) => Task.FromResult(finding);

    private static Task<DatabaseHealthFinding> NeverAsync() => new TaskCompletionSource<DatabaseHealthFinding>().Task;

    private sealed class Probed(string name, Func<Task<DatabaseHealthFinding>> find, string? systemName = null) : IDatabaseHealthProbe
    {
        public string Name => name;

        public string? SystemName => systemName;

        public Task<DatabaseHealthFinding> CheckAsync(IDeployStackDatabase database, TimeSpan deadline, CancellationToken cancellationToken) => find();
    }
}
