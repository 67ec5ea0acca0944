using DeployStack.Data.Reliability.Support;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Reliability.Faults;

/// <summary>The shim itself, on the provider's bare connections.</summary>
public sealed class FaultVfsTests : IDisposable
{
    private readonly ScenarioFolder _folder = new();
    private readonly FaultSite _site;

    public FaultVfsTests()
    {
        _site = FaultSite.At(_folder.Database());
    }

    public void Dispose()
    {
        _site.Dispose();
        _folder.Passed();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("WAL", (int)(FileCalls.Write), (int)DatabaseFiles.Log, FaultCodes.Write)]
    [InlineData("WAL", (int)(FileCalls.Write), (int)DatabaseFiles.Log, FaultCodes.DiskFull)]
    [InlineData("WAL", (int)(FileCalls.Sync), (int)DatabaseFiles.Log, FaultCodes.Sync)]
    [InlineData("DELETE", (int)(FileCalls.Write), (int)DatabaseFiles.Main, FaultCodes.Write)]
    [InlineData("DELETE", (int)(FileCalls.Sync), (int)DatabaseFiles.Journal, FaultCodes.Sync)]
    [InlineData("DELETE", (int)(FileCalls.Delete), (int)DatabaseFiles.Journal, FaultCodes.Delete)]
    [InlineData("DELETE", (int)(FileCalls.Open), (int)DatabaseFiles.Journal, FaultCodes.CannotOpen)]
    public void A_call_fails_with_the_code_that_was_asked_for(string mode, int calls, int files, int code)
    {
        using var connection = Open(mode);
        Execute(connection, "INSERT INTO t VALUES (1)");

        _site.Arm(new((FileCalls)calls, code) { Files = (DatabaseFiles)files });
        var exception = Assert.Throws<SqliteException>(() => Execute(connection, "INSERT INTO t VALUES (2)"));

        Assert.Equal(code, exception.SqliteExtendedErrorCode);
        Assert.Equal(1, _site.Hits);
        Execute(connection, "INSERT INTO t VALUES (3)"); // once means once
        Assert.Equal([1, 3], Values(connection));
    }

    [Fact]
    public void A_persistent_fault_lasts_until_it_is_disarmed()
    {
        using var connection = Open("WAL");

        _site.Arm(new(FileCalls.Write, FaultCodes.DiskFull) { Persistent = true });
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(FaultCodes.DiskFull, Assert.Throws<SqliteException>(() => Execute(connection, "INSERT INTO t VALUES (1)")).SqliteErrorCode);
        }

        _site.Disarm();
        Execute(connection, "INSERT INTO t VALUES (2)");
        Assert.Equal([2], Values(connection));
    }

    [Fact]
    public void Every_call_is_a_fault_point_and_the_count_is_the_same_each_time()
    {
        using var connection = Open("WAL");
        Execute(connection, "INSERT INTO t VALUES (0)");

        _site.Arm(new(FileCalls.Write | FileCalls.Sync, 0) { At = 0 });
        Execute(connection, "INSERT INTO t VALUES (1)");
        var points = _site.Calls;

        Assert.InRange(points, 3, 10); // frame header, page, sync
        for (var n = 1; n <= points; n++)
        {
            _site.Arm(new(FileCalls.Write | FileCalls.Sync, FaultCodes.IoError) { At = n });
            Assert.Throws<SqliteException>(() => Execute(connection, "INSERT INTO t VALUES (2)"));
            Assert.Equal(n, _site.Calls);
        }

        Assert.Equal([0, 1], Values(connection));
    }

    [Fact]
    public void A_torn_write_leaves_its_first_bytes()
    {
        const int FrameHeader = 24;
        using var connection = Open("WAL");
        Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        var log = new FileInfo(_folder.Database() + "-wal");

        // the log gets its header, then a frame: header and page; the page is torn
        _site.Arm(new(FileCalls.Write, FaultCodes.Write) { Files = DatabaseFiles.Log, At = 3, FirstBytes = 2048 });
        Assert.Throws<SqliteException>(() => Execute(connection, "INSERT INTO t VALUES (1)"));

        log.Refresh();
        Assert.Equal(32 + FrameHeader + 2048, log.Length);
        Assert.Empty(Values(connection));
    }

    [Fact]
    public void Other_databases_are_left_alone()
    {
        _site.Arm(new(FileCalls.Write | FileCalls.Open | FileCalls.Sync, FaultCodes.IoError) { Persistent = true });
        using var connection = new SqliteConnection($"Data Source={_folder.Database("other.db")};Pooling=False");
        connection.Open();

        Execute(connection, "CREATE TABLE t (v INTEGER)");

        Assert.Equal(0, _site.Calls);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static List<long> Values(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT v FROM t ORDER BY v";
        using var reader = command.ExecuteReader();
        var values = new List<long>();
        while (reader.Read())
        {
            values.Add(reader.GetInt64(0));
        }

        return values;
    }

    private SqliteConnection Open(string mode)
    {
        var connection = new SqliteConnection($"Data Source={_folder.Database()};Pooling=False");
        connection.Open();
        Execute(connection, $"PRAGMA journal_mode={mode}");
        Execute(connection, "PRAGMA synchronous=FULL");
        Execute(connection, "CREATE TABLE t (v INTEGER)");
        return connection;
    }
}
