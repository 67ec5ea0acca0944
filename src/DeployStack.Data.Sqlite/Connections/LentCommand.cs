using System.Data;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>A command of a lent connection: it does not sleep and retry around a lock that cannot be had, and says why.</summary>
internal sealed class LentCommand : SqliteCommand
{
    private readonly LentConnection _owner;

    public LentCommand(LentConnection owner)
    {
        _owner = owner;
        Connection = owner;
    }

    /// <inheritdoc/>
    public override int CommandTimeout
    {
        get => LentConnection.NoRetryLoop;
        set => base.CommandTimeout = value; // accepted, as ADO.NET code sets it; the native busy timeout rules
    }

    /// <inheritdoc/>
    public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Translated(behavior, static (command, behavior) => command.ReadBase(behavior));

    /// <inheritdoc/>
    public override int ExecuteNonQuery() => Translated(0, static (command, _) => command.ExecuteBase());

    /// <inheritdoc/>
    public override object? ExecuteScalar() => Translated(0, static (command, _) => command.ScalarBase());

    private SqliteDataReader ReadBase(CommandBehavior behavior) => base.ExecuteReader(behavior);

    private int ExecuteBase() => base.ExecuteNonQuery();

    private object? ScalarBase() => base.ExecuteScalar();

    private TResult Translated<TState, TResult>(TState state, Func<LentCommand, TState, TResult> execute)
    {
        try
        {
            return execute(this, state);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == Interop.Sqlite3.Busy)
        {
            throw _owner.Translate(exception, CommandText);
        }
    }
}
