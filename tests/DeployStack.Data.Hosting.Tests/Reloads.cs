using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace DeployStack.Data.Hosting.Tests;

/// <summary>The reloads of a configuration.</summary>
internal sealed class Reloads : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);
    private readonly IDisposable _subscription;
    private int _count;

    public Reloads(IConfiguration configuration) => _subscription = ChangeToken.OnChange(configuration.GetReloadToken, () =>
    {
        Interlocked.Increment(ref _count);
        _signal.Release();
    });

    public int Count => Volatile.Read(ref _count);

    public async Task OnceAsync() => Assert.True(await _signal.WaitAsync(TimeSpan.FromSeconds(30)), "The configuration was not reloaded.");

    public void Dispose()
    {
        _subscription.Dispose();
        _signal.Dispose();
    }
}
