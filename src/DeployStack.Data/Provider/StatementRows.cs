namespace DeployStack.Data.Provider;

/// <summary>The parameters of a statement that is executed once for each row, as <see cref="SqlStatement.Parameters"/> of a
/// batch on an engine with interactive transactions: it is prepared once, and what it affects is counted together.</summary>
internal abstract class StatementRows
{
    /// <summary>At least one.</summary>
    public abstract int Count { get; }

    /// <summary>The parameters of a row, all of one type; it may be one object that is filled anew, valid until the next row.</summary>
    public abstract object this[int index] { get; }
}
