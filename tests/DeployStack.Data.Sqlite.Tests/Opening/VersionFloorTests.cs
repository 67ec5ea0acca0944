using DeployStack.Data.Sqlite.Connections;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Sqlite.Tests.Opening;

public sealed class VersionFloorTests
{
    private static readonly SqliteSettings _settings = SqliteSettings.From(new SqliteOptions { Path = "app.db" });

    [Theory]
    [InlineData(3_007_000, false)]
    [InlineData(3_040_001, false)]
    [InlineData(3_044_005, false)]
    [InlineData(3_044_006, true)]
    [InlineData(3_044_010, true)]
    [InlineData(3_045_000, false)]
    [InlineData(3_049_001, false)]
    [InlineData(3_050_006, false)]
    [InlineData(3_050_007, true)]
    [InlineData(3_051_000, false)]
    [InlineData(3_051_002, false)]
    [InlineData(3_051_003, true)]
    [InlineData(3_052_000, true)]
    [InlineData(3_053_003, true)]
    [InlineData(4_000_000, true)]
    public void The_WAL_reset_bug_is_known_by_its_versions(int version, bool safe) => Assert.Equal(safe, VersionFloor.IsSafe(version));

    [Fact]
    public void An_unsafe_version_is_refused_and_its_number_told()
    {
        var error = Assert.Throws<DatabaseException>(() => VersionFloor.Check(3_049_001, _settings, new FakeLogger()));
        Assert.Equal(DatabaseErrorKind.NotSupported, error.Kind);
        Assert.Contains("3.49.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("3.51.3 or later", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unsafe_version_that_is_allowed_is_a_warning()
    {
        var logger = new FakeLogger();
        VersionFloor.Check(3_049_001, _settings with { AllowUnsafeSqliteVersion = true }, logger);
        Assert.Equal(2007, logger.LatestRecord.Id.Id);
        Assert.Contains("3.49.1", logger.LatestRecord.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_that_is_referenced_is_safe()
    {
        SQLitePCL.Batteries_V2.Init(); // this test may be the first of its process
        var logger = new FakeLogger();
        VersionFloor.Check(SQLitePCL.raw.sqlite3_libversion_number(), _settings, logger);
        Assert.Equal(0, logger.Collector.Count);
    }
}
