using DeployStack.Data.Sqlite.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DeployStack.Data.Sqlite.Tests.Connections;

public sealed class OptionsTests
{
    public static TheoryData<string, Action<SqliteOptions>> Faults => new()
    {
        { "Path", o => o.Path = "file:x.db?nolock=1" },
        { "Path", o => o.Path = " " },
        { "Path", o => o.Path = "a\0b" },
        { "Profile", o => o.Profile = (SqliteProfile)99 },
        { "BusyTimeout", o => o.BusyTimeout = TimeSpan.Zero },
        { "AcquireTimeout", o => o.AcquireTimeout = TimeSpan.FromSeconds(-1) },
        { "Readers", o => o.Readers = 0 },
        { "MaxGroupUnits", o => o.MaxGroupUnits = 0 },
        { "MaxGroupTime", o => o.MaxGroupTime = TimeSpan.Zero },
        { "StatementCacheSize", o => o.StatementCacheSize = 0 },
        { "SnapshotIdle", o => o.SnapshotIdle = TimeSpan.FromTicks(-1) },
        { "CheckpointPages", o => o.CheckpointPages = 0 },
        { "WriterCacheKiB", o => o.Pragmas.WriterCacheKiB = -2_000 },
        { "PageSize", o => o.Pragmas.PageSize = 5_000 },
        { "MmapSize", o => o.Pragmas.MmapSize = -1 },
        { "Types", o => o.Types = null! },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_value_out_of_its_limits_is_refused_by_name(string member, Action<SqliteOptions> fault)
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(fault);
        using var provider = services.BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IDeployStackDatabase>());
        Assert.Contains(member, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var result = new SqliteOptionsValidator().Validate(null, new SqliteOptions { Readers = 0, MaxGroupUnits = 0, BusyTimeout = TimeSpan.Zero });
        Assert.Equal(3, result.Failures!.Count());
    }

    [Fact]
    public void The_defaults_are_valid() => Assert.True(new SqliteOptionsValidator().Validate(null, new SqliteOptions()).Succeeded);

    [Fact]
    public void A_named_database_is_keyed_by_its_name_and_apart_from_the_default()
    {
        var services = new ServiceCollection();
        services.AddDeployStackSqlite(o => o.Path = ":memory:");
        services.AddDeployStackSqlite("other", o => o.Path = ":memory:");
        using var provider = services.BuildServiceProvider();

        var other = provider.GetRequiredKeyedService<IDeployStackDatabase>("other");
        Assert.Equal("other", other.Name);
        Assert.Same(provider.GetRequiredService<IDeployStackDatabase>(), provider.GetRequiredKeyedService<IDeployStackDatabase>(string.Empty));
        Assert.NotSame(other, provider.GetRequiredService<IDeployStackDatabase>());
    }

    [Fact]
    public async Task Without_a_path_the_environment_variable_names_it()
    {
        var folder = Directory.CreateTempSubdirectory("deploystack-path-");
        Environment.SetEnvironmentVariable("SQLITE_DB_PATH", Path.Combine(folder.FullName, "sub", "named.db"));
        try
        {
            var services = new ServiceCollection();
            services.AddDeployStackSqlite();
            await using var provider = services.BuildServiceProvider();
            await provider.GetRequiredService<IDeployStackDatabase>().OpenAsync();
            Assert.Equal(Path.Combine(folder.FullName, "sub", "named.db"), provider.GetRequiredService<ISqliteEngine>().Path);
            Assert.True(File.Exists(Path.Combine(folder.FullName, "sub", "named.db")));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SQLITE_DB_PATH", null);
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Without_anything_the_default_path_starts_at_the_current_directory()
        => Assert.Equal(Path.GetFullPath("persistent_data/database/deploystack.db"), SqliteSettings.From(new SqliteOptions()).Path);
}
