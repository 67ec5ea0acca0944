using System.Diagnostics;

namespace DeployStack.Data.Provider;

/// <summary>A batch on its way to a provider.</summary>
/// <remarks>A provider that executes it itself sets <see cref="DatabaseException.StatementIndex"/> where a statement fails.</remarks>
public abstract class Batch
{
    private protected Batch(IReadOnlyList<SqlStatement> statements, BatchOptions? options)
    {
        Statements = statements;
        Options = options;
        DeadlineTimestamp = options?.Deadline is { } deadline
            ? Stopwatch.GetTimestamp() + (long)(deadline.TotalSeconds * Stopwatch.Frequency)
            : long.MaxValue;
    }

    /// <summary>The statements in order; never empty.</summary>
    public IReadOnlyList<SqlStatement> Statements { get; }

    /// <summary>The caller's options, or <see langword="null"/>.</summary>
    public BatchOptions? Options { get; }

    /// <summary>When the batch must be complete, repetitions included, in <see cref="Stopwatch"/> ticks;
    /// <see cref="long.MaxValue"/> for never.</summary>
    public long DeadlineTimestamp { get; }

    /// <summary>Makes the batch a unit of work that checks the expectations itself.</summary>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <param name="result">Completes when the provider ends the unit.</param>
    public abstract UnitOfWork ToUnit(CancellationToken cancellationToken, out Task<BatchResult> result);

    /// <summary>Binds the parameters of one statement, encoded by the type profile.</summary>
    /// <param name="command">The provider's command for the statement.</param>
    /// <param name="statement">One of <see cref="Statements"/>.</param>
    /// <exception cref="DatabaseException">A parameter is missing or cannot be bound.</exception>
    public abstract void Bind(ProviderCommand command, SqlStatement statement);

    /// <summary>Fails if an expectation is not met; for providers that execute the batch themselves, inside its
    /// transaction or as a condition on it.</summary>
    /// <param name="index">The statement's place in <see cref="Statements"/>.</param>
    /// <param name="rowsAffected">What the engine reported.</param>
    /// <param name="hasRows">Whether the statement returned a row.</param>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.ExpectationFailed"/>.</exception>
    public abstract void Check(int index, int rowsAffected, bool hasRows);
}
