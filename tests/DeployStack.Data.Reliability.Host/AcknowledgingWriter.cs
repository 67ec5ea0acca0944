using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Writes units of two rows with full durability and says <c>ack worker sequence</c> for each that is committed,
/// until it is killed.</summary>
/// <param name="path">The database.</param>
/// <param name="workers">Tasks that write at the same time, each its own sequence without gaps.</param>
/// <param name="early">The negative control: acknowledges before the commit.</param>
internal sealed class AcknowledgingWriter(string path, int workers, bool early)
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS units (worker INTEGER, sequence INTEGER, part INTEGER, body TEXT NOT NULL, PRIMARY KEY (worker, sequence, part)) WITHOUT ROWID";
    private const string Last = "SELECT coalesce(max(sequence), 0) FROM units WHERE worker = @worker";
    private const string Insert = "INSERT INTO units VALUES (@worker, @sequence, @part, @body)";
    private const string InsertBoth = "INSERT INTO units VALUES (@worker, @sequence, 1, @first), (@worker, @sequence, 2, @second)";

    private static readonly WriteOptions _full = new() { Durability = Durability.Full, Label = "kill" };

    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path);
        var database = services.GetRequiredService<IDeployStackDatabase>();
        await database.ExecuteAsync(Schema);
        Speech.Say("ready");
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => WriteAsync(database, worker)));
        return 0;
    }

    private static string Body(long worker, long sequence, long part) => $"{worker}/{sequence}/{part} {new string((char)('a' + (sequence % 26)), 40)}";

    private async Task WriteAsync(IDeployStackDatabase database, int worker)
    {
        for (var sequence = await database.ExecuteScalarAsync<long>(Last, new { worker }) + 1; ; sequence++)
        {
            if (early)
            {
                Speech.Say($"ack {worker} {sequence}");
            }

            await WriteAsync(database, worker, sequence);
            if (!early)
            {
                Speech.Say($"ack {worker} {sequence}");
            }
        }
    }

    // Both shapes of a unit: one statement, which the engine runs without a savepoint, and two.
    private static Task WriteAsync(IDeployStackDatabase database, int worker, long sequence)
        => sequence % 2 == 0
            ? database.ExecuteAsync(InsertBoth, new { worker, sequence, first = Body(worker, sequence, 1), second = Body(worker, sequence, 2) }, _full)
            : database.WriteAsync(
                async session =>
                {
                    for (var part = 1; part <= 2; part++)
                    {
                        await session.ExecuteAsync(Insert, new { worker, sequence, part, body = Body(worker, sequence, part) });
                    }
                },
                _full);
}
