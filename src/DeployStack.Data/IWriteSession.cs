namespace DeployStack.Data;

/// <summary>A session that may also write; everything it does belongs to one transaction.</summary>
/// <remarks>Transaction statements (BEGIN, COMMIT, SAVEPOINT …) are refused: the unit of work is the transaction, and
/// <see cref="SavepointAsync"/> nests.</remarks>
public interface IWriteSession : IReadSession
{
    /// <summary>Executes one statement.</summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <returns>The rows inserted, updated or deleted; 0 for any other statement.</returns>
    /// <exception cref="DatabaseException">The statement failed; it had no effect.</exception>
    ValueTask<int> ExecuteAsync(string sql, object? parameters = null);

    /// <summary>Runs <paramref name="work"/> in a savepoint: leaving it by an exception undoes what it did, and only that.</summary>
    /// <param name="work">Statements on this session; savepoints nest.</param>
    /// <exception cref="DatabaseException">The savepoint could not be set, or the engine has none
    /// (<see cref="DatabaseErrorKind.NotSupported"/>).</exception>
    ValueTask SavepointAsync(Func<IWriteSession, ValueTask> work);

    /// <summary>Registers an action that runs after COMMIT, and never if the unit is rolled back.</summary>
    /// <param name="action">Runs on a thread-pool thread, before the task of the unit completes. The data is committed
    /// by then: an exception of the action is logged and changes nothing of the outcome.</param>
    void AfterCommit(Action action);
}
