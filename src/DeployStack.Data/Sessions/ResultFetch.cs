using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>What is taken from a statement: its rows in some shape, or the count of rows it changed.</summary>
internal abstract class ResultFetch<TResult>
{
    /// <summary>Whether the result goes on using the command.</summary>
    public virtual bool KeepsCommand => false;

    /// <summary>Runs the bound command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="mapper">Maps its rows.</param>
    /// <param name="rows">Counts rows where the engine is synchronous.</param>
    public abstract ValueTask<TResult> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows);

    /// <summary>Counts the rows of a result that came asynchronously.</summary>
    public virtual long Count(TResult result) => 1;
}
