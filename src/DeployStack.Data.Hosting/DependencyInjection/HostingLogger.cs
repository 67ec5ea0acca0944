using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Hosting.DependencyInjection;

/// <summary>The logger of this package; a container without logging works.</summary>
internal static class HostingLogger
{
    public static ILogger Of(IServiceProvider services)
        => (ILogger?)services.GetService<ILoggerFactory>()?.CreateLogger("DeployStack.Data.Hosting") ?? NullLogger.Instance;
}
