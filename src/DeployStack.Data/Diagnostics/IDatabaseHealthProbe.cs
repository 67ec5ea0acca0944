namespace DeployStack.Data.Diagnostics;

/// <summary>One aspect of a database that a health check looks at; engines and features add theirs.</summary>
/// <remarks>Register it keyed by the database's name. A probe keeps no state between two checks, and may be called by
/// several at a time.</remarks>
public interface IDatabaseHealthProbe
{
    /// <summary>A short word in lower case (<c>write</c>): the prefix of its figures.</summary>
    string Name { get; }

    /// <summary>The engine that the probe understands, as in <see cref="DatabaseCapabilities.SystemName"/>; it is left
    /// out on any other. Default <see langword="null"/>: every engine.</summary>
    string? SystemName => null;

    /// <summary>Whether the probe writes to the storage, so that no other write is needed to know that the database can.
    /// Such a probe is left out where writing is not to be checked. Default <see langword="false"/>.</summary>
    bool Writes => false;

    /// <summary>Looks.</summary>
    /// <param name="database">An open database.</param>
    /// <param name="deadline">For the units of work of the probe; positive.</param>
    /// <param name="cancellationToken">Fires at the deadline as well.</param>
    /// <exception cref="DatabaseException">Counts as unhealthy.</exception>
    Task<DatabaseHealthFinding> CheckAsync(IDeployStackDatabase database, TimeSpan deadline, CancellationToken cancellationToken);
}
