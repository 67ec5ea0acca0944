using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Hosting.Tests;

public sealed class SqliteConfigurationTests : IAsyncDisposable
{
    private const string Section = "DeployStackData:Sqlite";

    private readonly World _world = new World().Choose("sqlite");

    [Fact]
    public async Task Options_and_pragmas_are_set_by_name()
    {
        Set("Profile", "durable");
        Set("BusyTimeout", "00:00:03");
        Set("Readers", "3");
        Set("OptimizeOnClose", "false");
        Set("SlowQueryThreshold", "");
        Set("Pragmas:journal_mode", "WAL");
        Set("Pragmas:MMAP_SIZE", "1048576");
        Set("Pragmas:Synchronous", "Extra");
        var options = Options();
        Assert.Equal((SqliteProfile.Durable, TimeSpan.FromSeconds(3), 3, false), (options.Profile, options.BusyTimeout, options.Readers, options.OptimizeOnClose));
        Assert.Null(options.SlowQueryThreshold);
        Assert.Equal((SqliteJournalMode.Wal, 1_048_576L, SqliteSynchronous.Extra), (options.Pragmas.JournalMode, options.Pragmas.MmapSize, options.Pragmas.Synchronous));

        var host = _world.Build();
        var settings = await host.Services.GetRequiredService<ISqliteEngine>().GetEffectiveSettingsAsync();
        Assert.Contains(settings, each => each.Name == "mmap_size" && each.Got == "1048576");
    }

    [Fact]
    public void Every_option_that_is_a_plain_value_can_be_set()
    {
        string[] inCode = ["OnQuery", "OnConnectionOpened", "ProofOfExistence", "Types", "Pragmas"];
        Set("Nonsense", "1");
        var message = Assert.Throws<DatabaseException>(Options).Message;
        Assert.All(typeof(SqliteOptions).GetProperties().Select(each => each.Name).Except(inCode), name => Assert.Contains(name, message, StringComparison.Ordinal));
        Assert.All(typeof(SqlitePragmas).GetProperties(), each => Assert.Contains($"Pragmas:{each.Name}", message, StringComparison.Ordinal));
        Assert.DoesNotContain("OnQuery", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Readerz", "3", "is unknown")]
    [InlineData("Pragmas", "fast", "is unknown")]
    [InlineData("Pragmas:cash_size", "3", "is unknown")]
    [InlineData("Pragmas:JournalMode:Mode", "wal", "is unknown")]
    [InlineData("OnQuery", "x", "is unknown")]
    [InlineData("Readers", "many", "a whole number")]
    [InlineData("Readers", "3000000000", "a whole number")]
    [InlineData("BusyTimeout", "10", "a duration")]
    [InlineData("BusyTimeout", "", "a duration")]
    [InlineData("Profile", "1", "one of Production")]
    [InlineData("Profile", "Fast", "one of Production")]
    [InlineData("ReadOnly", "yes", "true or false")]
    public async Task What_is_not_understood_is_refused_by_name(string key, string value, string expected)
    {
        Set(key, value);
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Database(_world.Build()).OpenAsync());
        Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
        Assert.Contains($"'{Section}:{key}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_world.DatabaseFile));
    }

    [Fact]
    public async Task A_value_out_of_its_range_is_a_typed_error()
    {
        Set("Readers", "0");
        var error = await Assert.ThrowsAsync<DatabaseException>(() => World.Database(_world.Build()).OpenAsync());
        Assert.Equal(DatabaseErrorKind.NotConfigured, error.Kind);
        Assert.Contains("Readers", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_of_an_engine_that_is_not_chosen_keep_no_host_from_starting()
    {
        Set("Readers", "many");
        _world.Settings["DB_TYPE"] = null;
        var host = _world.Build();
        await host.StartAsync();
        Assert.Equal(DatabaseSelectionState.NotConfigured, World.Selection(host).GetCurrent().State);
    }

    [Fact]
    public void The_path_comes_from_code_then_the_section_then_the_selection_file_then_the_variable()
    {
        Assert.Equal(_world.DatabaseFile, Options().Path);
        _world.WriteSelection("""{"type":"sqlite","dbPath":"from-file.db"}""");
        Assert.Equal("from-file.db", Options().Path);
        Set("Path", "from-section.db");
        Assert.Equal("from-section.db", Options().Path);
        var host = _world.Build(database => database.Services.Configure<SqliteOptions>(string.Empty, options => options.Path = "from-code.db"));
        Assert.Equal("from-code.db", host.Services.GetRequiredService<IOptionsMonitor<SqliteOptions>>().Get(string.Empty).Path);
    }

    [Fact]
    public async Task A_named_database_has_a_file_a_section_and_a_key_of_its_own()
    {
        _world.Settings["Audit:Sqlite:Path"] = Path.Combine(_world.Folder, "audit.db");
        var host = _world.Build(database => database.Services.AddDeployStackDatabase(Configuration(), options =>
        {
            options.Name = "audit";
            options.SelectionFile = Path.Combine(_world.Folder, "audit.selection.json");
            options.Section = "Audit";
        }));
        var audit = host.Services.GetRequiredKeyedService<IDeployStackDatabase>("audit");
        await audit.ExecuteAsync("CREATE TABLE t (id INTEGER)");
        Assert.Equal("audit", audit.Name);
        Assert.Equal(0, await World.Database(host).ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name = 't'"));
        Assert.True(File.Exists(Path.Combine(_world.Folder, "audit.db")));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private void Set(string key, string? value) => _world.Settings[$"{Section}:{key}"] = value;

    private SqliteOptions Options() => _world.Build().Services.GetRequiredService<IOptionsMonitor<SqliteOptions>>().Get(string.Empty);

    private Microsoft.Extensions.Configuration.ConfigurationManager Configuration()
    {
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        foreach (var (key, value) in _world.Settings)
        {
            configuration[key] = value;
        }

        return configuration;
    }
}
