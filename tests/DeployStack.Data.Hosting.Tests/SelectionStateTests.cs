namespace DeployStack.Data.Hosting.Tests;

public sealed class SelectionStateTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task Nothing_chosen_is_a_state_and_each_call_says_what_to_do()
    {
        var host = _world.Build();
        var selection = World.Selection(host).GetCurrent();
        Assert.Equal((DatabaseSelectionState.NotConfigured, DatabaseSelectionSource.None), (selection.State, selection.Source));
        Assert.Contains("DB_TYPE", selection.Reason, StringComparison.Ordinal);
        var database = World.Database(host);
        foreach (var call in (Func<Task>[])[() => database.OpenAsync(), () => database.ExecuteScalarAsync<long>("SELECT 1"), () => database.ExecuteAsync("SELECT 1"), () => database.ExecuteBatchAsync([new("SELECT 1")])])
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(call);
            Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
            Assert.Contains("SelectAsync", error.Message, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(Path.Combine(_world.Folder, "persistent_data")));
    }

    [Fact]
    public async Task Services_of_one_engine_are_refused_while_none_is_chosen()
    {
        var host = _world.Build();
        Assert.Equal(DatabaseErrorKind.NotConfigured, Assert.Throws<DatabaseException>(() => host.Services.GetService(typeof(Sqlite.ISqliteEngine))).Kind);
        Assert.Equal(DatabaseErrorKind.NotConfigured, Assert.Throws<DatabaseException>(() => host.Services.GetService(typeof(System.Data.Common.DbDataSource))).Kind);
        await World.Selection(host).SelectAsync("sqlite");
        Assert.Equal(_world.DatabaseFile, ((Sqlite.ISqliteEngine)host.Services.GetService(typeof(Sqlite.ISqliteEngine))!).Path);
        Assert.NotNull(host.Services.GetService(typeof(System.Data.Common.DbDataSource)));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData(" SQLite ")]
    public async Task A_type_in_the_configuration_chooses(string type)
    {
        var host = _world.Choose(type).Build();
        var selection = World.Selection(host).GetCurrent();
        Assert.Equal((DatabaseSelectionState.Configured, DatabaseSelectionSource.Variable, "sqlite"), (selection.State, selection.Source, selection.Type));
        Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT 1"));
        Assert.True(File.Exists(_world.DatabaseFile));
        Assert.False(File.Exists(_world.SelectionFile));
    }

    [Fact]
    public void The_newer_shape_is_read_and_goes_before_the_variable()
    {
        _world.Choose("turso").WriteSelection("""{"type":"sqlite","selectedAt":"2025-07-09T08:07:06.123Z","version":"1.0"}""");
        var selection = World.Selection(_world.Build()).GetCurrent();
        Assert.Equal((DatabaseSelectionState.Configured, DatabaseSelectionSource.SelectionFile, "sqlite", "1.0"), (selection.State, selection.Source, selection.Type, selection.Version));
        Assert.Equal(new DateTimeOffset(2025, 7, 9, 8, 7, 6, 123, TimeSpan.Zero), selection.SelectedAt);
    }

    [Fact]
    public async Task The_older_shape_is_read_and_its_path_is_opened()
    {
        var path = Path.Combine(_world.Folder, "older.db");
        await using (var before = new World())
        {
            before.Settings["SQLITE_DB_PATH"] = path;
            await World.Database(before.Choose("sqlite").Build()).ExecuteAsync("CREATE TABLE t (id INTEGER)");
        }

        _world.WriteSelection($$"""{ "type":"sqlite", "dbPath":"{{path}}" }""");
        var host = _world.Build();
        var selection = World.Selection(host).GetCurrent();
        Assert.Equal((DatabaseSelectionState.Configured, "sqlite", path), (selection.State, selection.Type, selection.DatabasePath));
        Assert.Null(selection.SelectedAt);
        Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 't'"));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "not JSON (line 1)")]
    [InlineData("{\n\"type\":\n}", "not JSON (line 3)")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{}", "\"type\"")]
    [InlineData("""{"type":7}""", "\"type\"")]
    [InlineData("""{"type":"  "}""", "\"type\"")]
    [InlineData("""{"type":"sqlite","dbPath":["x"]}""", "\"dbPath\"")]
    [InlineData("""{"type":"sqlite","selectedAt":"yesterday"}""", "\"selectedAt\"")]
    [InlineData("""{"type":"sqlite","selectedAt":17}""", "\"selectedAt\"")]
    [InlineData("""{"type":"sqlite","version":"2.0"}""", "2.0")]
    public async Task A_malformed_file_is_an_error_and_stays_as_it_is(string content, string expected)
    {
        var host = _world.Choose("sqlite").WriteSelection(content).Build();
        var selection = World.Selection(host).GetCurrent();
        Assert.Equal(DatabaseSelectionState.Invalid, selection.State);
        foreach (var call in (Func<Task>[])[() => World.Database(host).OpenAsync(), () => World.Selection(host).SelectAsync("sqlite")])
        {
            var error = await Assert.ThrowsAsync<DatabaseException>(call);
            Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
            Assert.Contains(_world.SelectionFile, error.Message, StringComparison.Ordinal);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(content, File.ReadAllText(_world.SelectionFile));
        Assert.False(File.Exists(_world.DatabaseFile));
    }

    [Fact]
    public void A_huge_file_and_a_directory_are_malformed()
    {
        _world.WriteSelection(new string(' ', 100_000));
        Assert.Contains("100000 bytes", World.Selection(_world.Build()).GetCurrent().Reason, StringComparison.Ordinal);
        File.Delete(_world.SelectionFile);
        Directory.CreateDirectory(_world.SelectionFile);
        Assert.Contains("is a directory", World.Selection(_world.Build()).GetCurrent().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_and_unknown_members_do_no_harm()
    {
        _world.WriteSelection("\uFEFF" + """{"type":"sqlite","comment":{"a":1}}""");
        Assert.Equal(DatabaseSelectionState.Configured, World.Selection(_world.Build()).GetCurrent().State);
    }

    [Fact]
    public async Task A_corrected_file_is_taken_without_a_restart()
    {
        var host = _world.WriteSelection("oops").Build();
        Assert.Equal(DatabaseSelectionState.Invalid, World.Selection(host).GetCurrent().State);
        await Assert.ThrowsAsync<DatabaseException>(() => World.Database(host).OpenAsync());
        File.Delete(_world.SelectionFile);
        _world.Settings["DB_TYPE"] = null;
        await World.Selection(_world.Build()).SelectAsync("sqlite"); // another process
        Assert.Equal(DatabaseSelectionState.Configured, World.Selection(host).GetCurrent().State);
        Assert.Equal(1, await World.Database(host).ExecuteScalarAsync<long>("SELECT 1"));
    }

    [Theory]
    [InlineData("turso", "DeployStack.Data.LibSql")]
    [InlineData("libsql", "DeployStack.Data.LibSql")]
    [InlineData("d1", "DeployStack.Data.CloudflareD1")]
    [InlineData("postgresql", "DeployStack.Data.PostgreSql")]
    [InlineData("postgres", "DeployStack.Data.PostgreSql")]
    public async Task A_type_without_its_package_names_the_package(string type, string package)
    {
        var host = _world.WriteSelection($$"""{"type":"{{type}}","selectedAt":"2025-07-09T08:07:06Z","version":"1.0"}""").Build();
        Assert.Equal((DatabaseSelectionState.Invalid, type), (World.Selection(host).GetCurrent().State, World.Selection(host).GetCurrent().Type));
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Database(host).OpenAsync());
        Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
        Assert.Contains($"dotnet add package {package}", error.Message, StringComparison.Ordinal);
        Assert.Contains(_world.SelectionFile, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_type_names_the_known_ones()
    {
        var host = _world.Choose("oracle").Build();
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Database(host).OpenAsync());
        Assert.Contains("'oracle' is unknown. Known are: sqlite, turso, libsql, d1, postgresql, postgres. The type comes from DB_TYPE.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_registration_of_one_name_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => _world.Build(builder => builder.Services.AddDeployStackDatabase(new Microsoft.Extensions.Configuration.ConfigurationManager())));
        Assert.Throws<InvalidOperationException>(() => _world.Build(more: services => services.AddDeployStackSqlite()));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
