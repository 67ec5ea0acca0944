using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DeployStack.Data.Hosting.Tests;

public sealed class SetUpTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task A_set_up_writes_the_newer_shape_for_the_owner_alone()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 12, 0, 0, 7, TimeSpan.FromHours(2)));
        var host = _world.Build(more: services => services.AddSingleton<TimeProvider>(time));
        var selection = await World.Selection(host).SelectAsync("SQLite");
        Assert.Equal(ReplaceLineEndings("""
            {
              "type": "sqlite",
              "selectedAt": "2026-01-31T10:00:00.007Z",
              "version": "1.0"
            }
            """), ReplaceLineEndings(await File.ReadAllTextAsync(_world.SelectionFile)));
        Assert.Equal(selection, World.Selection(host).GetCurrent());
        Assert.Equal(selection, World.Selection(_world.Build()).GetCurrent());
        Assert.Equal([_world.SelectionFile], Directory.GetFiles(Path.GetDirectoryName(_world.SelectionFile)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_world.SelectionFile));
        }
    }

    [Fact]
    public async Task A_database_that_was_handed_out_before_works_after_the_set_up()
    {
        var host = _world.Build();
        var database = World.Database(host);
        Assert.Throws<DatabaseException>(() => database.Capabilities);
        await World.Selection(host).SelectAsync("sqlite");
        await database.ExecuteAsync("CREATE TABLE t (id INTEGER)");
        Assert.Equal(1, await database.WriteAsync(session => session.ExecuteAsync("INSERT INTO t VALUES (1)")));
        Assert.Equal((string.Empty, "sqlite"), (database.Name, database.Capabilities.SystemName));
    }

    [Fact]
    public async Task A_second_set_up_is_refused_and_changes_nothing()
    {
        var host = _world.Build();
        await World.Selection(host).SelectAsync("sqlite");
        var before = await File.ReadAllBytesAsync(_world.SelectionFile);
        foreach (var selection in (IDatabaseSelection[])[World.Selection(host), World.Selection(_world.Build())])
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(() => selection.SelectAsync("sqlite"));
            Assert.Equal(DatabaseErrorKind.AlreadyConfigured, error.Kind);
            Assert.Contains(_world.SelectionFile, error.Message, StringComparison.Ordinal);
        }

        File.Delete(_world.SelectionFile); // the process still uses what was chosen
        Assert.Equal(DatabaseErrorKind.AlreadyConfigured, (await Assert.ThrowsAsync<DatabaseException>(() => World.Selection(host).SelectAsync("sqlite"))).Kind);
        await File.WriteAllBytesAsync(_world.SelectionFile, before);
    }

    [Fact]
    public async Task Of_set_ups_at_the_same_time_one_wins()
    {
        var selections = Enumerable.Range(0, 4).Select(_ => World.Selection(_world.Build())).SelectMany(selection => (IDatabaseSelection[])[selection, selection]);
        var kinds = await Task.WhenAll(selections.Select(async selection =>
        {
            try
            {
                await Task.Yield();
                return (await selection.SelectAsync("sqlite")).State.ToString();
            }
            catch (DatabaseException exception)
            {
                return exception.Kind.ToString();
            }
        }));
        Assert.Equal(1, kinds.Count(kind => kind == nameof(DatabaseSelectionState.Configured)));
        Assert.Equal(7, kinds.Count(kind => kind == nameof(DatabaseErrorKind.AlreadyConfigured)));
        Assert.Equal([_world.SelectionFile], Directory.GetFiles(Path.GetDirectoryName(_world.SelectionFile)!));
    }

    [Fact]
    public async Task A_failed_set_up_chooses_nothing_and_can_be_repeated()
    {
        Directory.CreateDirectory(_world.DatabaseFile);
        var host = _world.Build();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Selection(host).SelectAsync("sqlite"));
        Assert.NotEqual(DatabaseErrorKind.NotConfigured, error.Kind);
        Assert.False(File.Exists(_world.SelectionFile));
        Assert.Equal(DatabaseSelectionState.NotConfigured, World.Selection(host).GetCurrent().State);
        Assert.Equal(DatabaseErrorKind.NotConfigured, (await Assert.ThrowsAsync<DatabaseException>(() => World.Database(host).OpenAsync())).Kind);
        Directory.Delete(_world.DatabaseFile);
        await World.Selection(host).SelectAsync("sqlite");
        Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT 1"));
    }

    [Fact]
    public async Task A_selection_file_that_cannot_be_written_is_a_typed_error_that_keeps_the_database()
    {
        await File.WriteAllTextAsync(Path.Combine(_world.Folder, "persistent_data"), "a file where the folder should be");
        _world.Settings["SQLITE_DB_PATH"] = Path.Combine(_world.Folder, "elsewhere.db");
        var host = _world.Build();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Selection(host).SelectAsync("sqlite"));
        Assert.Equal(DatabaseErrorKind.StorageIo, error.Kind);
        Assert.Contains("repeat the set-up", error.Message, StringComparison.Ordinal);
        Assert.Equal(DatabaseSelectionState.NotConfigured, World.Selection(host).GetCurrent().State);
        File.Delete(Path.Combine(_world.Folder, "persistent_data"));
        Assert.Equal(DatabaseSelectionState.Configured, (await World.Selection(host).SelectAsync("sqlite")).State);
    }

    [Fact]
    public async Task An_unknown_type_and_a_missing_package_are_refused()
    {
        var selection = World.Selection(_world.Build());
        Assert.Contains("Known are", (await Assert.ThrowsAsync<DatabaseException>(() => selection.SelectAsync("oracle"))).Message, StringComparison.Ordinal);
        Assert.Contains("DeployStack.Data.LibSql", (await Assert.ThrowsAsync<DatabaseException>(() => selection.SelectAsync("turso"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => selection.SelectAsync(" "));
        Assert.False(File.Exists(_world.SelectionFile));
    }

    [Fact]
    public async Task What_the_variable_chooses_can_be_made_lasting_and_not_be_overruled()
    {
        var host = _world.Choose("turso").Build();
        Assert.Equal(DatabaseErrorKind.AlreadyConfigured, (await Assert.ThrowsAsync<DatabaseException>(() => World.Selection(host).SelectAsync("sqlite"))).Kind);
        host = _world.Choose("sqlite").Build();
        await World.Database(host).OpenAsync();
        Assert.Equal(DatabaseSelectionSource.SelectionFile, (await World.Selection(host).SelectAsync("sqlite")).Source);
        Assert.True(File.Exists(_world.SelectionFile));
    }

    [Fact]
    public async Task A_set_up_database_that_is_gone_is_not_created_anew()
    {
        await World.Selection(_world.Build()).SelectAsync("sqlite");
        var before = _world.Build();
        await World.Database(before).OpenAsync();
        await ((IAsyncDisposable)before).DisposeAsync();
        await using var other = new World();
        other.WriteSelection(await File.ReadAllTextAsync(_world.SelectionFile));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Database(other.Build()).OpenAsync());
        Assert.Equal(DatabaseErrorKind.MissingOrReplaced, error.Kind);
        Assert.Contains(other.SelectionFile, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(other.DatabaseFile));
    }

    [Fact]
    public async Task Nothing_is_open_when_the_host_is_gone()
    {
        var host = _world.Build();
        await World.Selection(host).SelectAsync("sqlite");
        await World.Database(host).ExecuteAsync("CREATE TABLE t (id INTEGER)");
        _ = host.Services.GetRequiredService<ISqliteEngine>();
        await ((IAsyncDisposable)host).DisposeAsync();
        Assert.False(File.Exists(_world.DatabaseFile + "-wal"));
        Assert.False(File.Exists(_world.DatabaseFile + "-shm"));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static string ReplaceLineEndings(string text) => text.ReplaceLineEndings("\n");
}
