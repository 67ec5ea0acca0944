using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>What is taken from a statement: its rows in some shape, or the count of rows it changed.</summary>
internal abstract class ResultFetch<TResult>
{
    /// <summary>Runs the bound command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="mapper">Maps its rows.</param>
    /// <param name="rows">Counts rows where the engine is synchronous.</param>
    public abstract ValueTask<TResult> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows);

    /// <summary>On whose behalf the statement runs, where that is not the unit's own.</summary>
    public virtual Principal? Principal => null;

    /// <summary>Hands the command and its measurement over to a result that goes on using them.</summary>
    /// <returns>False where the operation has ended.</returns>
    public virtual bool Keep(TResult result, in Instrumentation.Operation measured) => false;

    /// <summary>Counts the rows of a result that came asynchronously.</summary>
    public virtual long Count(TResult result) => 1;
}
