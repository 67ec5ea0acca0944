using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>A batch of the front door.</summary>
internal sealed class StatementBatch(DatabaseContext context, IReadOnlyList<SqlStatement> statements, BatchOptions? options)
    : Batch(statements, options)
{
    public override UnitOfWork ToUnit(CancellationToken cancellationToken, out Task<BatchResult> result)
    {
        var unit = new WorkUnit<StatementBatch, BatchResult>(context, RunAsync, this, Options, isWrite: true, cancellationToken) { IsRetried = false };
        result = unit.Task;
        return unit;
    }

    public override void Bind(ProviderCommand command, SqlStatement statement)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(statement);
        try
        {
            context.Bind(command, statement.Parameters);
        }
        catch (DatabaseException exception) // it gets the statement that it is about
        {
            exception.AtStatement(IndexOf(statement));
            throw exception.With(Options?.Label, statement.Sql);
        }
    }

    /// <summary>Binds the next row of a statement that is executed once for each.</summary>
    public void BindNext(ProviderCommand command, object row) => context.Bind(command, row);

    public override void Check(int index, int rowsAffected, bool hasRows)
    {
        var statement = Statements[index];
        switch (statement.Expectation)
        {
            case { IsNoRows: true } when hasRows:
                throw Unmet(index, $"Statement {index + 1} of the batch was to return no row and returned some; nothing was written.");
            case { RowsAffected: { } expected } when expected != rowsAffected:
                throw Unmet(index, $"Statement {index + 1} of the batch was to affect {expected} rows and affected {rowsAffected}; nothing was written. Read the data again and decide anew.");
        }
    }

    private static async ValueTask<BatchResult> RunAsync(IWriteSession session, StatementBatch batch)
    {
        var own = (Session)session;
        var affected = new int[batch.Statements.Count];
        for (var i = 0; i < affected.Length; i++)
        {
            try
            {
                affected[i] = await own.ExecuteStepAsync(batch, i).ConfigureAwait(false);
            }
            catch (DatabaseException error) // it gets its place: two statements may have one text
            {
                error.AtStatement(i);
                throw;
            }
        }

        return new(affected);
    }

    // by reference: a batch may hold equal statements
    private int IndexOf(SqlStatement statement)
    {
        var index = 0;
        while (!ReferenceEquals(Statements[index], statement))
        {
            index++;
        }

        return index;
    }

    private DatabaseException Unmet(int index, string message)
        => new(DatabaseErrorKind.ExpectationFailed, message) { Label = Options?.Label, Sql = Statements[index].Sql, StatementIndex = index };
}
