using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace DeployStack.Data.Sqlite.Tests;

/// <summary>Puts a logger into a container that keeps what it is told.</summary>
public static class Logging
{
    public static void Collect(IServiceCollection services, FakeLogCollector logs)
        => services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(new FakeLoggerProvider(logs)));
}
