using System.Data.Common;

namespace DeployStack.Data.Provider;

/// <summary>The engine's side of a session: it makes commands and knows where they may run.</summary>
/// <remarks>Used by one unit of work at a time. A provider may keep one per connection and hand it to unit after unit.</remarks>
public abstract class ProviderSession
{
    /// <summary>The connection for the caller's own ADO.NET tools.</summary>
    /// <exception cref="DatabaseException">There is none to lend.</exception>
    public abstract DbConnection Connection { get; }

    /// <summary>Whether the calling thread may use the session directly. An asynchronous engine always says yes.</summary>
    public abstract bool IsCurrent { get; }

    /// <summary>Runs an operation where the session lives; called only while <see cref="IsCurrent"/> is false.</summary>
    /// <typeparam name="TState">What the operation needs.</typeparam>
    /// <typeparam name="TResult">What it returns.</typeparam>
    /// <param name="operation">Code that uses the session.</param>
    /// <param name="state">Handed to <paramref name="operation"/>.</param>
    public abstract ValueTask<TResult> DispatchAsync<TState, TResult>(Func<TState, ValueTask<TResult>> operation, TState state);

    /// <summary>Makes a command for one statement; dispose it after use.</summary>
    /// <param name="sql">The statement as the caller wrote it; list parameters are expanded by the provider
    /// (<see cref="ListParameters.Expand"/>).</param>
    /// <exception cref="DatabaseException">The SQL is wrong, or not exactly one statement.</exception>
    public abstract ProviderCommand CreateCommand(string sql);

    /// <summary>Makes a command whose statement is confined to a principal, from its preparation to its last row; called
    /// instead of the other form, and only with <see cref="DatabaseCapabilities.Principals"/>.</summary>
    /// <param name="sql">As for the other form.</param>
    /// <param name="principal">On whose behalf it runs.</param>
    /// <exception cref="DatabaseException">As for the other form; of kind <see cref="DatabaseErrorKind.NotAuthorized"/> where
    /// the statement touches what the principal does not own.</exception>
    public virtual ProviderCommand CreateCommand(string sql, Principal principal)
        => throw new DatabaseException(DatabaseErrorKind.NotSupported, "The engine cannot confine a statement to a principal; it was not run.") { Sql = sql };

    /// <summary>Opens a savepoint inside the ones that are open.</summary>
    /// <exception cref="DatabaseException">The engine has none, or it failed.</exception>
    public abstract ValueTask BeginSavepointAsync();

    /// <summary>Closes the innermost savepoint.</summary>
    /// <param name="rollBack">Whether to undo what was done since it was opened.</param>
    /// <exception cref="DatabaseException">The transaction no longer stands.</exception>
    public abstract ValueTask EndSavepointAsync(bool rollBack);
}
