using DeployStack.Data.Reliability.Faults;
using DeployStack.Data.Reliability.Support;
using DeployStack.Data.Sqlite;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>SQLite's own method: run the same group again and again and fail its first file call, its second, its third,
/// until a run passes untouched. After each run the storage is whole again, and everybody's word is checked.</summary>
/// <param name="folder">Where.</param>
/// <param name="mode">The journal mode of the database.</param>
internal sealed class FaultSweep(ScenarioFolder folder, SqliteJournalMode mode = SqliteJournalMode.Wal)
{
    private const int Size = 64;

    private static readonly DatabaseErrorKind[] _kinds = [DatabaseErrorKind.StorageIo, DatabaseErrorKind.DiskFull, DatabaseErrorKind.CannotOpen];

    /// <summary>What every scenario of the sweep found, in sentences.</summary>
    public List<string> Violations { get; } = [];

    public int Points { get; private set; }

    public int Committed { get; private set; }

    public int NotCommitted { get; private set; }

    public int Unknown { get; private set; }

    /// <summary>Makes the database that every run starts from.</summary>
    public async Task PrepareAsync()
    {
        await using var database = Open(folder.Database("template.db"));
        await UnitGroup.CreateAsync(database, Size);
    }

    /// <summary>Sweeps over every matching call.</summary>
    /// <param name="fault">What is to fail; its position is set here.</param>
    /// <param name="untilClosed">Whether a persistent fault lasts until the database was disposed.</param>
    /// <param name="run">Runs the group; <see langword="null"/> for the engine.</param>
    public async Task RunAsync(Fault fault, bool untilClosed = false, Func<string, FaultSite, Fault, Task<Ledger>>? run = null)
    {
        run ??= untilClosed ? RunUntilClosedAsync : RunEngineAsync;
        for (var n = 1; ; n++)
        {
            var path = folder.Database($"run{n}.db");
            File.Copy(folder.Database("template.db"), path);
            using var site = FaultSite.At(path);
            var at = fault with { At = n };
            var ledger = await run(path, site, at);
            Record(at, path, ledger);
            if (site.Hits == 0)
            {
                return;
            }

            Points++;
            Delete(path);
        }
    }

    private TestDatabase Open(string path) => new(path, options =>
    {
        options.Pragmas.JournalMode = mode;
        options.Pragmas.Synchronous = SqliteSynchronous.Full;
        options.Pragmas.WriterCacheKiB = 64; // pages spill into the log before COMMIT
        options.MaxGroupTime = TimeSpan.FromSeconds(5);
        options.CheckpointPages = 10; // after the group
        options.Readers = 2;
    });

    private async Task<Ledger> RunEngineAsync(string path, FaultSite site, Fault fault)
    {
        await using var database = Open(path);
        await database.Database.OpenAsync();
        var ledger = await new UnitGroup(database, Size).RunAsync(prepared: () => site.Arm(fault));
        await database.Engine.CheckpointAsync(); // waits for the group's own checkpoint, which belongs to the sweep
        site.Disarm();
        if (database.Engine.WritesStopped is not null)
        {
            await database.Engine.ReopenAsync();
        }

        await database.Database.ExecuteAsync("INSERT INTO parts (unit, part, body) VALUES (-1, 1, x'00')"); // writes go on
        return ledger;
    }

    private async Task<Ledger> RunUntilClosedAsync(string path, FaultSite site, Fault fault)
    {
        await using var database = Open(path);
        await database.Database.OpenAsync();
        return await new UnitGroup(database, Size).RunAsync(prepared: () => site.Arm(fault));
    }

    private static void Delete(string path)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
        {
            File.Delete(path + suffix);
        }
    }

    private void Record(Fault fault, string path, Ledger ledger)
    {
        Committed += ledger.Count(Told.Committed);
        NotCommitted += ledger.Count(Told.NotCommitted);
        Unknown += ledger.Count(Told.Unknown);
        Violations.AddRange(GroupChecker.Violations(path, ledger).Select(violation => $"{fault}: {violation}"));
        Violations.AddRange(ledger.Errors
            .Where(static error => error is not null && (error is not DatabaseException typed || !_kinds.Contains(typed.Kind)))
            .Select(error => $"{fault}: {error!.GetType().Name} {(error as DatabaseException)?.Kind} {error.Message}")
            .Distinct());
    }
}
