using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>Executes one statement of a batch; its expectation is checked before the next one runs.</summary>
internal sealed class BatchStepFetch(StatementBatch batch, int index) : ResultFetch<int>
{
    public override Principal? Principal => batch.Statements[index].Principal;

    public override ValueTask<int> RunAsync(ProviderCommand command, RowMapper mapper, ref long rows)
    {
        if (batch.Statements[index].Expectation is { IsNoRows: true })
        {
            return ReadAsync(command);
        }

        if (batch.Statements[index].Parameters is StatementRows many)
        {
            return ExecuteEachAsync(command, many);
        }

        var task = command.ExecuteAsync();
        if (!task.IsCompletedSuccessfully)
        {
            return AwaitAsync(task);
        }

        var affected = task.Result;
        rows = affected;
        batch.Check(index, affected, hasRows: false);
        return new(affected);
    }

    public override long Count(int result) => result;

    // complete when it returns, where each execution is: an engine in this process
    private async ValueTask<int> ExecuteEachAsync(ProviderCommand command, StatementRows rows)
    {
        var affected = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0)
            {
                batch.BindNext(command, rows[i]); // the first row is bound
            }

            affected += await command.ExecuteAsync().ConfigureAwait(false);
        }

        batch.Check(index, affected, hasRows: false);
        return affected;
    }

    private async ValueTask<int> ReadAsync(ProviderCommand command)
    {
        batch.Check(index, 0, await command.ReadAsync().ConfigureAwait(false));
        return 0;
    }

    private async ValueTask<int> AwaitAsync(ValueTask<int> task)
    {
        var affected = await task.ConfigureAwait(false);
        batch.Check(index, affected, hasRows: false);
        return affected;
    }
}
