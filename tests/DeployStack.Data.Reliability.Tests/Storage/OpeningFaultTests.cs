using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Storage;

/// <summary>The storage fails while the database is opened, recovered, checkpointed or closed: each call in turn.</summary>
public sealed class OpeningFaultTests
{
    private const FileCalls Any = FileCalls.Open | FileCalls.Read | FileCalls.Write | FileCalls.Sync | FileCalls.Truncate | FileCalls.Delete | FileCalls.SharedMemory;

    [Theory]
    [InlineData("new", false)]
    [InlineData("new", true)]
    [InlineData("existing", false)]
    [InlineData("existing", true)]
    [InlineData("to be recovered", false)]
    [InlineData("to be recovered", true)]
    public async Task An_open_that_fails_is_a_typed_error_and_can_be_repeated(string what, bool persistent)
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of($"opening a database, {what}, {(persistent ? "broken from there on" : "one fault")}");
        await MakeTemplateAsync(folder);
        var points = 0;
        for (; ; points++)
        {
            var path = folder.Database($"run{points}.db");
            Copy(folder.Database("template.db"), path, what);
            using var site = FaultSite.At(path);
            site.Arm(new(Any, FaultCodes.IoError) { At = points + 1, Persistent = persistent });
            await using var database = new TestDatabase(path);
            try
            {
                await database.Database.OpenAsync();
                await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema");
                await database.Database.ExecuteAsync("CREATE TABLE IF NOT EXISTS other (v INTEGER)");
            }
            catch (DatabaseException exception) // what is expected of a broken disk
            {
                Assert.Contains(exception.Kind, (IEnumerable<DatabaseErrorKind>)[DatabaseErrorKind.StorageIo, DatabaseErrorKind.CannotOpen]);
            }

            var hits = site.Hits;
            site.Disarm();
            if (database.Engine.WritesStopped is not null)
            {
                await database.Engine.ReopenAsync();
            }

            await database.Database.ExecuteAsync("CREATE TABLE IF NOT EXISTS last (v INTEGER)");
            Assert.Equal(what == "new" ? 0 : 100, await CountAsync(database, what));
            if (hits == 0)
            {
                break;
            }
        }

        figures["fault points"] = points;
        Assert.True(points >= 5, $"only {points} fault points");
        folder.Passed();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_checkpoint_that_fails_says_so_and_loses_nothing(bool persistent)
    {
        using var folder = new ScenarioFolder();
        using var figures = Summary.Of($"checkpoint, {(persistent ? "broken from there on" : "one fault")}");
        await MakeTemplateAsync(folder);
        var points = 0;
        for (; ; points++)
        {
            var path = folder.Database($"run{points}.db");
            Copy(folder.Database("template.db"), path, "existing");
            using var site = FaultSite.At(path);
            await using var database = new TestDatabase(path, static options => options.Pragmas.Synchronous = Sqlite.SqliteSynchronous.Full);
            await database.Database.ExecuteAsync("UPDATE t SET v = v + 1000");
            site.Arm(new(Any, FaultCodes.IoError) { At = points + 1, Persistent = persistent });

            var result = await database.Engine.CheckpointAsync();

            var hits = site.Hits;
            site.Disarm();
            Assert.Equal(hits > 0 ? DatabaseErrorKind.StorageIo : null, result.Error?.Kind);
            var again = await database.Engine.CheckpointAsync();
            Assert.Null(again.Error);
            Assert.Equal(100, await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t WHERE v >= 1000"));
            if (hits == 0)
            {
                break;
            }
        }

        figures["fault points"] = points;
        Assert.True(points >= 3, $"only {points} fault points");
        folder.Passed();
    }

    private static async Task<long> CountAsync(TestDatabase database, string what)
        => what == "new" ? 0 : await database.Database.ExecuteScalarAsync<long>("SELECT count(*) FROM t");

    // A database with 100 rows, once closed and once as a killed process leaves it, with all of it still in the log.
    private static async Task MakeTemplateAsync(ScenarioFolder folder)
    {
        var path = folder.Database("template.db");
        await using (var database = new TestDatabase(path))
        {
            await database.Database.ExecuteAsync("CREATE TABLE t (v INTEGER)");
        }

        using var raw = new RawDatabase(path);
        raw.Execute($"INSERT INTO t SELECT value FROM json_each('[{string.Join(',', Enumerable.Range(0, 100))}]')");
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal"])
        {
            File.Copy(path + suffix, path + ".crashed" + suffix); // nobody writes now, and no other process is there
        }
    }

    private static void Copy(string template, string path, string what)
    {
        switch (what)
        {
            case "existing":
                File.Copy(template, path);
                break;
            case "to be recovered":
                File.Copy(template + ".crashed", path);
                File.Copy(template + ".crashed-wal", path + "-wal");
                break;
        }
    }
}
