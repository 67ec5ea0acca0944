namespace DeployStack.Data.Provider;

/// <summary>One statement: values are bound by index, then it is executed or its rows are read.</summary>
/// <remarks>Indexes of parameters begin at 0 and follow <see cref="GetParameterName"/>. Every parameter is bound before
/// each execution.</remarks>
public abstract class ProviderCommand : IDisposable
{
    /// <summary>The statement as the caller wrote it.</summary>
    public abstract string Sql { get; }

    /// <summary>Whether the engine says that the statement cannot change the database.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>How many different parameters the statement has.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>The rows as they are read; valid after <see cref="ReadAsync"/> returned true, until its next call.</summary>
    public abstract RowReader Row { get; }

    /// <summary>A place for the core to keep what it worked out for this statement and the last parameter type.
    /// It survives as long as the prepared statement.</summary>
    public object? ParameterPlan { get; set; }

    /// <summary>A place for the core to keep the row mapping of the last result type.</summary>
    public object? RowPlan { get; set; }

    /// <summary>The name of a parameter with its prefix (<c>@id</c>).</summary>
    /// <param name="index">From 0.</param>
    public abstract string GetParameterName(int index);

    /// <summary>Binds SQL NULL.</summary>
    /// <param name="index">From 0.</param>
    public abstract void BindNull(int index);

    /// <summary>Binds a signed integer of 64 bits.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The value.</param>
    public abstract void BindInt64(int index, long value);

    /// <summary>Binds a floating-point number.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The value; never NaN.</param>
    public abstract void BindDouble(int index, double value);

    /// <summary>Binds characters; the engine stores them in its own encoding.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The characters; copied.</param>
    public abstract void BindText(int index, ReadOnlySpan<char> value);

    /// <summary>Binds bytes, stored as they are.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="value">The bytes; copied.</param>
    public abstract void BindBlob(int index, ReadOnlySpan<byte> value);

    /// <summary>Runs the statement to its end and drops its rows.</summary>
    /// <returns>The rows inserted, updated or deleted.</returns>
    /// <exception cref="DatabaseException">It failed and had no effect.</exception>
    public abstract ValueTask<int> ExecuteAsync();

    /// <summary>Moves to the next row.</summary>
    /// <returns>False after the last one.</returns>
    /// <exception cref="DatabaseException">The statement failed.</exception>
    public abstract ValueTask<bool> ReadAsync();

    /// <summary>Ends the execution and gives the statement back; the object is used again by later executions.</summary>
    public abstract void Dispose();
}
