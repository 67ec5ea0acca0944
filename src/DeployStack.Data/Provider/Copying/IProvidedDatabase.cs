namespace DeployStack.Data.Provider.Copying;

/// <summary>What features may ask of a database beyond what applications see: databases beside it, by capability.</summary>
/// <remarks>Every database that <c>DatabaseFactory</c> makes is one. A class that wraps a database passes these
/// calls on, or the features that need them refuse to work on it.</remarks>
public interface IProvidedDatabase : IDeployStackDatabase
{
    /// <summary>Takes a consistent copy of the database while it is in use; needs
    /// <see cref="DatabaseCapabilities.ConsistentCopy"/>.</summary>
    /// <param name="options">Where, and who is told; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Stops the copying within 50 ms; nothing is left of it.</param>
    /// <returns>An open database with the same type profile, clock and logger, and no query hook. It is deleted when the
    /// caller disposes it.</returns>
    /// <remarks>What is committed while the copy is taken is not in it. Writers go on meanwhile.</remarks>
    /// <exception cref="DatabaseException">The engine has no such copy (<see cref="DatabaseErrorKind.NotSupported"/>), there is
    /// no room for it (<see cref="DatabaseErrorKind.DiskFull"/>), or it failed; nothing is left of it.</exception>
    Task<IProvidedDatabase> CreateCopyAsync(DatabaseCopyOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Makes an empty database of the same engine; needs <see cref="DatabaseCapabilities.EmptyDatabases"/>.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>An open database as for <see cref="CreateCopyAsync"/>. It is gone when the caller disposes it.</returns>
    /// <exception cref="DatabaseException">The engine has none (<see cref="DatabaseErrorKind.NotSupported"/>), or it could not
    /// be opened.</exception>
    Task<IProvidedDatabase> CreateEmptyAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks how much room the database takes.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="null"/> where the engine does not tell.</returns>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    Task<StorageUse?> GetStorageAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks for what tells whether anything was committed, without a query.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns><see langword="null"/> where the engine does not know.</returns>
    /// <exception cref="DatabaseException">The database could not be opened.</exception>
    Task<ChangeCounter?> GetChangeCounterAsync(CancellationToken cancellationToken = default);
}
