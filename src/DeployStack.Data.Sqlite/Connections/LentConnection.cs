using DeployStack.Data.Sqlite.Errors;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>A tuned connection for code of the application: EF Core, Dapper, plain ADO.NET.</summary>
internal sealed class LentConnection(ConnectionFactory factory, string path) : SqliteConnection(factory.ConnectionText(ConnectionRole.Lent))
{
    /// <summary>Less than nothing: the provider's own loop of sleeps around a busy database ends before its first round,
    /// because the time that it has waited is more. SQLite's native busy timeout does the waiting.</summary>
    public const int NoRetryLoop = -1;

    /// <summary>Always <see cref="NoRetryLoop"/>; what is set is ignored.</summary>
    public override int DefaultTimeout
    {
        get => NoRetryLoop;
        set => base.DefaultTimeout = value; // accepted, as ADO.NET code sets it; the native busy timeout rules
    }

    /// <inheritdoc/>
    /// <exception cref="DatabaseException">The database cannot be opened.</exception>
    public override void Open()
    {
        factory.Check();
        try
        {
            base.Open();
            factory.Prepare(this, ConnectionRole.Lent);
        }
        catch (SqliteException exception)
        {
            Close();
            throw Translate(exception, null);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new LentCommand(this) { Transaction = Transaction };

    public DatabaseException Translate(SqliteException exception, string? sql)
        => SqliteErrors.From(exception, new() { Path = path, Sql = sql, IsWrite = true });
}
