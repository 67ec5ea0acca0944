using System.Diagnostics;

namespace DeployStack.Data.Sqlite.Tests;

/// <summary>Waits for a condition that another thread brings about.</summary>
public static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string otherwise)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), otherwise);
            await Task.Delay(5);
        }
    }
}
