using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Moves money between accounts from another process. Says <c>done transfers</c>.</summary>
/// <param name="path">The database, with a table <c>accounts</c>.</param>
/// <param name="transfers">How many.</param>
/// <param name="seed">Which accounts and amounts.</param>
internal sealed class BankClerk(string path, int transfers, int seed)
{
    public async Task<int> RunAsync()
    {
        await using var services = Database.Register(path);
        var database = services.GetRequiredService<IDeployStackDatabase>();
        var random = new Random(seed);
        for (var i = 0; i < transfers; i++)
        {
            await TransferAsync(database, random.Next(1, 21), random.Next(1, 21), random.Next(1, 10));
        }

        Speech.Say($"done {transfers}");
        return 0;
    }

    /// <summary>One transfer: both sides are read in .NET and written back, as applications do.</summary>
    public static Task TransferAsync(IDeployStackDatabase database, int from, int to, int amount)
        => database.WriteAsync(
            async session =>
            {
                var balance = await session.ExecuteScalarAsync<long>("SELECT balance FROM accounts WHERE id = @from", new { from });
                await session.ExecuteAsync("UPDATE accounts SET balance = @balance WHERE id = @from", new { from, balance = balance - amount });
                balance = await session.ExecuteScalarAsync<long>("SELECT balance FROM accounts WHERE id = @to", new { to });
                await session.ExecuteAsync("UPDATE accounts SET balance = @balance WHERE id = @to", new { to, balance = balance + amount });
            });
}
