using System.Data.Common;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>The session of one handle; unit after unit uses it.</summary>
internal sealed class SqliteSession(SqliteHandle handle) : ProviderSession
{
    private int _owner;
    private int _savepoints;

    /// <summary>Carries the statements of a unit that awaits something else to the owner's thread.</summary>
    public SessionPump Pump { get; } = new();

    /// <summary>Whether the connection must not be lent in the transaction that is open.</summary>
    public bool RefusesLending { get; set; }

    /// <summary>Whether the unit asked for the connection and did not get it.</summary>
    public bool LendingRefused { get; private set; }

    public override DbConnection Connection
    {
        get
        {
            if (RefusesLending)
            {
                LendingRefused = true;
                throw RunAloneException.Instance;
            }

            handle.IsDirty = true;
            return handle.Connection;
        }
    }

    public override bool IsCurrent => _owner == Environment.CurrentManagedThreadId;

    /// <summary>Starts a unit: the calling thread owns the session until <see cref="Leave"/>.</summary>
    public void Enter()
    {
        Own();
        _savepoints = 0;
        LendingRefused = false;
    }

    /// <summary>The calling thread owns the session until <see cref="Leave"/>.</summary>
    public void Own() => _owner = Environment.CurrentManagedThreadId;

    public void Leave() => _owner = 0;

    public override ValueTask<TResult> DispatchAsync<TState, TResult>(Func<TState, ValueTask<TResult>> operation, TState state)
        => Pump.Post(operation, state);

    public override ProviderCommand CreateCommand(string sql) => handle.Statements.Take(sql);

    public override ProviderCommand CreateCommand(string sql, Principal principal) => handle.Statements.Take(sql, principal);

    public override ValueTask BeginSavepointAsync()
    {
        handle.DemandTransaction(null); // outside of one SAVEPOINT would begin another
        handle.Run($"SAVEPOINT ds_{_savepoints + 1}");
        _savepoints++;
        return default;
    }

    public override ValueTask EndSavepointAsync(bool rollBack)
    {
        var name = $"ds_{_savepoints}";
        _savepoints--;
        if (rollBack)
        {
            handle.Statements.ReleaseAll();
            handle.Statements.RolledBack();
            handle.Run($"ROLLBACK TO {name}");
        }

        handle.Run($"RELEASE {name}");
        return default;
    }
}
