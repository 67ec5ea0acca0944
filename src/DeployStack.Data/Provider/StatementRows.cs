namespace DeployStack.Data.Provider;

/// <summary>The parameters of a statement that is executed once for each row.</summary>
internal abstract class StatementRows
{
    public abstract int Count { get; }

    /// <summary>The parameters of a row; the same object may come again with other values.</summary>
    public abstract object this[int index] { get; }
}
