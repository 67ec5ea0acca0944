namespace DeployStack.Data.Provider;

/// <summary>What an engine package is told by the configuration that chose it. Thread-safe.</summary>
public interface IDatabaseProviderSettings
{
    /// <summary>The full name of the engine's section, for messages: <c>DeployStackData:Sqlite</c>.</summary>
    string Section { get; }

    /// <summary>Every value below <see cref="Section"/>, by its key relative to it (<c>Pragmas:MmapSize</c>); case is
    /// ignored. An engine refuses the keys that it does not know.</summary>
    IReadOnlyDictionary<string, string?> Values { get; }

    /// <summary>The <c>dbPath</c> of a selection file in the older shape, else <see langword="null"/>.</summary>
    string? Path { get; }

    /// <summary>A value at the root of the configuration, else of the environment; <see langword="null"/> where it is
    /// absent or empty.</summary>
    /// <param name="name">For example <c>SQLITE_DB_PATH</c>.</param>
    string? GetVariable(string name);

    /// <summary>A sentence which proves that a database of this engine was set up, or <see langword="null"/>. An engine
    /// that would create a missing database asks first.</summary>
    string? ProofOfExistence();

    /// <summary>Passes only while this engine is the chosen one; to be called before a service of the engine alone is
    /// handed out.</summary>
    /// <param name="services">The container that the service is resolved from.</param>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.NotConfigured"/>: no engine or another one
    /// is chosen.</exception>
    void DemandChosen(IServiceProvider services);
}
