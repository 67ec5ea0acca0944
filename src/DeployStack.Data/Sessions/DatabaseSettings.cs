using System.Diagnostics.Metrics;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DeployStack.Data.Sessions;

/// <summary>What a database is told besides its provider.</summary>
public sealed record DatabaseSettings
{
    /// <summary>The name it is registered under; empty (the default) for the default database.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>How .NET values are stored; default <see cref="TypeProfile.Default"/>.</summary>
    public TypeProfile Types { get; init; } = TypeProfile.Default;

    /// <summary>Where log events go; default nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Makes the meter, so that a container can collect its own; default the meter of the process.</summary>
    public IMeterFactory? Meters { get; init; }

    /// <summary>Drives back-off between re-runs; default <see cref="TimeProvider.System"/>.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>From which duration on a statement is logged as slow; default 200 ms; <see langword="null"/> for never.</summary>
    public TimeSpan? SlowQueryThreshold { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Called after every statement, on the thread that ran it; it must be quick and must not throw.
    /// Default <see langword="null"/>.</summary>
    public Action<QueryEvent>? OnQuery { get; init; }

    /// <summary>Whether parameter values may appear in log events of level Debug. Default <see langword="false"/>.</summary>
    public bool LogParameterValues { get; init; }

    /// <summary>Asked when a table is missing, so that the error can name pending migrations; may return
    /// <see langword="null"/>.</summary>
    public Func<IMigrationState?> Migrations { get; init; } = static () => null;
}
