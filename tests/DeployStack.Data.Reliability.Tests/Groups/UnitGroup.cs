using DeployStack.Data.Reliability.Support;

namespace DeployStack.Data.Reliability.Groups;

/// <summary>Units that are submitted while the writer is held, so that they share one transaction.</summary>
/// <remarks>Every unit increases its own counter, which tells how often it was applied. Two of three do it between two
/// rows, so that a torn unit shows.</remarks>
internal sealed class UnitGroup(TestDatabase database, int size)
{
    private const string Counter = "UPDATE applied SET times = times + 1 WHERE unit = @unit";
    private const string Part = "INSERT INTO parts (unit, part, body) VALUES (@unit, @part, @body)";

    private static readonly byte[] _body = new byte[700];

    private readonly int[] _runs = new int[size];

    /// <summary>Which units are of one statement alone.</summary>
    public static bool IsOneStatement(int unit) => unit % 3 == 0;

    /// <summary>Makes the tables, with a counter at 0 for each unit.</summary>
    public static async Task CreateAsync(TestDatabase database, int size)
        => await database.Database.ExecuteBatchAsync(
        [
            new("CREATE TABLE applied (unit INTEGER PRIMARY KEY, times INTEGER NOT NULL)"),
            new("CREATE TABLE parts (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL, part INTEGER NOT NULL, body BLOB NOT NULL)"),
            new("INSERT INTO applied (unit, times) SELECT value, 0 FROM json_each(@units)", new { units = $"[{string.Join(',', Enumerable.Range(0, size))}]" }),
        ]);

    /// <summary>Runs the group and waits until every caller was told something.</summary>
    /// <param name="options">For every unit.</param>
    /// <param name="prepared">Called when all wait and the writer is about to take them.</param>
    /// <param name="run">Submits a unit; <see langword="null"/> for <see cref="RunUnitAsync"/>.</param>
    public async Task<Ledger> RunAsync(WriteOptions? options = null, Action? prepared = null, Func<int, Task>? run = null)
    {
        using var held = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var holder = database.Database.WriteAsync(
            _ =>
            {
                held.Set();
                release.Wait();
                return default;
            },
            new WriteOptions { RunOnce = true, Label = "holder" });
        await Task.Run(held.Wait);
        var units = Enumerable.Range(0, size).Select(unit => run?.Invoke(unit) ?? RunUnitAsync(unit, options)).ToArray();
        await Until.TrueAsync(() => database.Engine.GetWriterStatus().QueueLength == size);
        prepared?.Invoke();
        release.Set();
        await holder;
        return await TellAsync(units);
    }

    /// <summary>Submits one unit.</summary>
    public Task RunUnitAsync(int unit, WriteOptions? options = null)
    {
        if (IsOneStatement(unit))
        {
            _runs[unit]++; // the engine runs the statement: how often cannot be seen from here
            return database.Database.ExecuteAsync(Counter, new { unit }, options);
        }

        return database.Database.WriteAsync(
            async session =>
            {
                Interlocked.Increment(ref _runs[unit]);
                await session.ExecuteAsync(Part, new { unit, part = 1, body = _body });
                await session.ExecuteAsync(Counter, new { unit });
                await session.ExecuteAsync(Part, new { unit, part = 2, body = _body });
            },
            options);
    }

    private async Task<Ledger> TellAsync(Task[] units)
    {
        var told = new Told[size];
        var errors = new Exception?[size];
        for (var i = 0; i < size; i++)
        {
            try
            {
                await units[i].WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (DatabaseException exception) // the ledger keeps it
            {
                errors[i] = exception;
                told[i] = exception.OutcomeUnknown ? Told.Unknown : Told.NotCommitted;
            }
            catch (OperationCanceledException exception) // the ledger keeps it
            {
                errors[i] = exception;
                told[i] = Told.NotCommitted;
            }
        }

        return new(told, errors, [.. _runs]);
    }
}
