namespace DeployStack.Data.Provider.Copying;

/// <summary>Asks a database for what only some can give, with a refusal that tells which part is missing.</summary>
internal static class ProvidedDatabase
{
    /// <summary>The database as features see it, if it declares the capability.</summary>
    /// <param name="database">What the feature was given.</param>
    /// <param name="isDeclared">Whether its capabilities have it.</param>
    /// <param name="feature">What needs it, as the beginning of a sentence.</param>
    /// <param name="capability">Its name.</param>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.NotSupported"/>.</exception>
    public static IProvidedDatabase Demand(IDeployStackDatabase database, bool isDeclared, string feature, string capability)
        => !isDeclared
            ? throw new DatabaseException(DatabaseErrorKind.NotSupported, $"{feature} needs the capability {capability}, which the engine '{database.Capabilities.SystemName}' does not have; nothing was done. Do it on an engine that has it, or on a restored backup.")
            : database as IProvidedDatabase
                ?? throw new DatabaseException(DatabaseErrorKind.NotSupported, $"{feature} was given a {database.GetType().Name}, which wraps the database and does not implement {nameof(IProvidedDatabase)}; nothing was done. Pass its calls on, or give the database itself.");
}
