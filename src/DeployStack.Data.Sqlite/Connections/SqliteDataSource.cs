using System.Data.Common;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Lends connections of one database to code that brings its own SQL: each is physically opened with the
/// settings of the database and closed when it is closed.</summary>
internal sealed class SqliteDataSource(SqliteSettings settings, ConnectionFactory factory) : DbDataSource
{
    private bool _disposed;

    /// <inheritdoc/>
    public override string ConnectionString => settings.IsMemory ? "Data Source=:memory:" : factory.ConnectionText(ConnectionRole.Lent);

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return settings.IsMemory
            ? throw new DatabaseException(DatabaseErrorKind.NotSupported, "A database in memory has one connection, which the engine keeps: there is none to lend. Use the session's Connection inside a unit of work, or a database on a file.")
            : new LentConnection(factory, settings.Path);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        base.Dispose(disposing);
    }
}
