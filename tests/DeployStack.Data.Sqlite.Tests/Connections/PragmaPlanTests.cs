using DeployStack.Data.Sqlite.Connections;

namespace DeployStack.Data.Sqlite.Tests.Connections;

public sealed class PragmaPlanTests
{
    [Theory]
    [InlineData(SqliteProfile.Production, "1", "268435456", "-16000", "0")]
    [InlineData(SqliteProfile.Development, "1", "0", "-4000", "0")]
    [InlineData(SqliteProfile.Durable, "2", "0", "-16000", "1")]
    [InlineData(SqliteProfile.Testing, "1", "0", "-4000", "0")]
    public void A_profile_gives_the_writer_its_values(SqliteProfile profile, string synchronous, string mmap, string cache, string secureDelete)
    {
        var plan = Plan(ConnectionRole.Writer, options => options.Profile = profile);
        Assert.Equal(synchronous, plan["synchronous"]);
        Assert.Equal(mmap, plan["mmap_size"]);
        Assert.Equal(cache, plan["cache_size"]);
        Assert.Equal(secureDelete, plan["secure_delete"]);
        Assert.Equal("wal", plan["journal_mode"], ignoreCase: true);
        Assert.Equal("0", plan["wal_autocheckpoint"]);
    }

    [Fact]
    public void The_page_size_is_set_before_the_journal_mode_which_fixes_it()
    {
        var names = Names(ConnectionRole.Writer);
        Assert.True(names.IndexOf("page_size") < names.IndexOf("journal_mode"));
        Assert.True(names.IndexOf("journal_mode") < names.IndexOf("synchronous"));
    }

    [Fact]
    public void A_reader_cannot_write_and_does_not_touch_what_belongs_to_the_file()
    {
        var plan = Plan(ConnectionRole.Reader);
        Assert.Equal("1", plan["query_only"]);
        Assert.Equal("-2000", plan["cache_size"]);
        Assert.False(plan.ContainsKey("journal_mode"));
        Assert.False(plan.ContainsKey("page_size"));
    }

    [Fact]
    public void No_connection_trusts_the_schema()
        => Assert.All(Enum.GetValues<ConnectionRole>(), role => Assert.Equal("0", Plan(role)["trusted_schema"]));

    [Fact]
    public void Every_option_overrides_its_profile()
    {
        var plan = Plan(ConnectionRole.Writer, options =>
        {
            options.Profile = SqliteProfile.Durable;
            options.Pragmas.Synchronous = SqliteSynchronous.Extra;
            options.Pragmas.JournalMode = SqliteJournalMode.Truncate;
            options.Pragmas.WriterCacheKiB = 123;
            options.Pragmas.MmapSize = 4_096;
            options.Pragmas.TempStore = SqliteTempStore.File;
            options.Pragmas.ForeignKeys = false;
            options.Pragmas.SecureDelete = false;
            options.Pragmas.CellSizeCheck = false;
            options.Pragmas.RecursiveTriggers = true;
            options.Pragmas.PageSize = 8_192;
            options.Pragmas.MaxPageCount = 77;
            options.Pragmas.JournalSizeLimit = 5;
        });
        Assert.Equal("3", plan["synchronous"]);
        Assert.Equal("Truncate", plan["journal_mode"]);
        Assert.Equal("-123", plan["cache_size"]);
        Assert.Equal("4096", plan["mmap_size"]);
        Assert.Equal("1", plan["temp_store"]);
        Assert.Equal("0", plan["foreign_keys"]);
        Assert.Equal("0", plan["secure_delete"]);
        Assert.Equal("0", plan["cell_size_check"]);
        Assert.Equal("1", plan["recursive_triggers"]);
        Assert.Equal("8192", plan["page_size"]);
        Assert.Equal("77", plan["max_page_count"]);
        Assert.Equal("5", plan["journal_size_limit"]);
    }

    private static List<string> Names(ConnectionRole role) => [.. PragmaPlan.For(Settings(_ => { }), role).Steps.Select(step => step.Name)];

    private static Dictionary<string, string> Plan(ConnectionRole role, Action<SqliteOptions>? configure = null)
        => PragmaPlan.For(Settings(configure ?? (options => options.Profile = SqliteProfile.Testing)), role).Steps.ToDictionary(step => step.Name, step => step.Value);

    private static SqliteSettings Settings(Action<SqliteOptions> configure)
    {
        var options = new SqliteOptions { Path = "any.db" };
        configure(options);
        return SqliteSettings.From(options);
    }
}
