using System.Data.Common;

namespace DeployStack.Data;

/// <summary>The reading half of a unit of work: it has no way to write.</summary>
/// <remarks>
/// Valid only inside the unit that received it; later use fails with <see cref="DatabaseErrorKind.SessionMisuse"/>.
/// Statements of one session run one after another, never at the same time. The unit's token and deadline govern each
/// of them. Parameters are objects whose members are named like the parameters, dictionaries, or Dapper's
/// <c>DynamicParameters</c>; a list in <c>IN @ids</c> may have any length.
/// </remarks>
public interface IReadSession
{
    /// <summary>The ADO.NET connection of the session, for the caller's own tools (Dapper's multi-mapping, dynamic rows).
    /// It belongs to the engine: do not close, dispose or keep it, and begin no transaction on it.</summary>
    /// <exception cref="DatabaseException">The engine has no connection to lend (<see cref="DatabaseErrorKind.NotSupported"/>).</exception>
    DbConnection Connection { get; }

    /// <summary>Reads all rows of a query.</summary>
    /// <typeparam name="T">A scalar, a tuple, a record or a class; columns match members by name, ignoring case and
    /// underscores.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <exception cref="DatabaseException">The statement failed, or a row does not fit <typeparamref name="T"/>.</exception>
    ValueTask<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads the one row of a query; no row, or more than one, is an error.</summary>
    /// <typeparam name="T">As for <see cref="QueryAsync"/>.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.ResultShape"/> for 0 or 2 rows.</exception>
    ValueTask<T> QuerySingleAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads the one row of a query, or <see langword="default"/> where there is none; two rows are an error.</summary>
    /// <typeparam name="T">As for <see cref="QueryAsync"/>.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.ResultShape"/> for two rows.</exception>
    ValueTask<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads the first row of a query, or <see langword="default"/> where there is none; the rest is not fetched.</summary>
    /// <typeparam name="T">As for <see cref="QueryAsync"/>.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <exception cref="DatabaseException">The statement failed, or the row does not fit <typeparamref name="T"/>.</exception>
    ValueTask<T?> QueryFirstOrDefaultAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads the first column of the first row; <see langword="default"/> where there is no row.</summary>
    /// <typeparam name="T">A scalar of the type profile. SQL NULL needs a nullable type.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <exception cref="DatabaseException">The statement failed, or the value does not fit <typeparamref name="T"/>.</exception>
    ValueTask<T?> ExecuteScalarAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads rows one by one, so that a large result needs no memory of its size.</summary>
    /// <typeparam name="T">As for <see cref="QueryAsync"/>.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Values by name, or <see langword="null"/> for none.</param>
    /// <remarks>Finish the enumeration inside the unit; leaving it early ends the statement.</remarks>
    /// <exception cref="DatabaseException">The statement failed, or a row does not fit <typeparamref name="T"/>.</exception>
    IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null);
}
