using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>Puts the front door before a provider; for authors of engine packages.</summary>
public static class DatabaseFactory
{
    /// <summary>Makes a database of a provider.</summary>
    /// <param name="provider">The engine; the database disposes it.</param>
    /// <param name="settings">Name, type profile, logger, clock; <see langword="null"/> for the defaults.</param>
    /// <returns>A database that is not opened yet.</returns>
    public static IDeployStackDatabase Create(DatabaseProvider provider, DatabaseSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return new DeployStackDatabase(new DatabaseContext(provider, settings ?? new()));
    }
}
