namespace DeployStack.Data.Sqlite;

/// <summary>What a connection is for.</summary>
internal enum ConnectionRole
{
    /// <summary>The one that writes.</summary>
    Writer,

    /// <summary>One of those that read; it cannot write.</summary>
    Reader,

    /// <summary>The only one of a database in memory.</summary>
    Memory,

    /// <summary>Lent through the <see cref="System.Data.Common.DbDataSource"/> to code of the application.</summary>
    Lent,
}
