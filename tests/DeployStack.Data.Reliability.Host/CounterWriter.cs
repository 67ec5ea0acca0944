using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Reads a counter and writes it back increased, again and again: one lost update and the total is wrong. Says
/// <c>done writes errors</c>.</summary>
/// <param name="path">The database, with a table <c>counters</c>.</param>
/// <param name="writes">How many in all.</param>
/// <param name="tasks">How many at the same time.</param>
internal sealed class CounterWriter(string path, int writes, int tasks)
{
    private int _started;
    private int _done;
    private int _errors;

    public async Task<int> RunAsync()
    {
        await using (var services = Database.Register(path, static options => options.AcquireTimeout = TimeSpan.FromMinutes(2)))
        {
            var database = services.GetRequiredService<IDeployStackDatabase>();
            await database.OpenAsync();
            Speech.Say("ready");
            _ = Console.In.ReadLine(); // all processes start at the same time
            await Task.WhenAll(Enumerable.Range(0, tasks).Select(_ => WriteAsync(database)));
        }

        Speech.Say($"done {_done} {_errors}");
        return 0;
    }

    private async Task WriteAsync(IDeployStackDatabase database)
    {
        while (Interlocked.Increment(ref _started) <= writes)
        {
            try
            {
                await database.WriteAsync(static async session =>
                {
                    var n = await session.ExecuteScalarAsync<long>("SELECT n FROM counters WHERE id = 1");
                    await session.ExecuteAsync("UPDATE counters SET n = @n WHERE id = 1", new { n = n + 1 });
                });
                Interlocked.Increment(ref _done);
            }
            catch (DatabaseException exception) // counted and reported: the parent expects none
            {
                Interlocked.Increment(ref _errors);
                Speech.Say($"error {exception.Kind} {exception.Message.ReplaceLineEndings(" ")}");
            }
        }
    }
}
