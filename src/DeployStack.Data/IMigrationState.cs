namespace DeployStack.Data;

/// <summary>What other features may know of migrations: it lets a "no such table" error name the way out.</summary>
public interface IMigrationState
{
    /// <summary>The identities of migrations that the application has and the database does not, in order.</summary>
    /// <param name="cancellationToken">Stops the look-up.</param>
    /// <exception cref="DatabaseException">The history could not be read.</exception>
    Task<IReadOnlyList<string>> GetPendingAsync(CancellationToken cancellationToken = default);
}
