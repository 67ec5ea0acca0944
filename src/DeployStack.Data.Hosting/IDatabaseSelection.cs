namespace DeployStack.Data.Hosting;

/// <summary>Which engine was chosen, and the set-up that chooses one. Thread-safe.</summary>
/// <remarks>Registered by <c>AddDeployStackDatabase</c>, keyed by the database's name, the default also without a key.
/// The selection file decides, then <c>DB_TYPE</c>. What is chosen stays chosen while the process runs; as long as
/// nothing is, each look reads the file again, so that another process may do the set-up.</remarks>
public interface IDatabaseSelection
{
    /// <summary>The absolute path of the selection file, whether or not it exists.</summary>
    string File { get; }

    /// <summary>Looks up what is chosen. It opens no database and never fails: what is wrong is a
    /// <see cref="DatabaseSelection.State"/> with its reason.</summary>
    DatabaseSelection GetCurrent();

    /// <summary>Sets the database up: opens it, applies the migrations and creates the settings that are registered, and
    /// writes the selection file last, atomically. From then on the database of this process works.</summary>
    /// <param name="type">An engine: <c>sqlite</c>, <c>turso</c>, <c>d1</c>, <c>postgresql</c>; case is ignored.</param>
    /// <param name="cancellationToken">Stops the set-up, which may then be repeated; nothing is chosen.</param>
    /// <returns>The selection as written.</returns>
    /// <remarks>After a failure nothing is chosen and a repetition goes on where the failure was. Two set-ups at a time
    /// take turns; across processes the first to finish wins.</remarks>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.AlreadyConfigured"/>: a selection exists;
    /// <see cref="DatabaseErrorKind.NotConfigured"/>: the type is unknown, its package missing, or the existing selection
    /// file malformed (it is left as it is); any other kind: the engine's own error.</exception>
    Task<DatabaseSelection> SelectAsync(string type, CancellationToken cancellationToken = default);
}
