using System.Data.Common;

namespace DeployStack.Data;

/// <summary>The one exception of the library: a portable <see cref="Kind"/> and the facts around it.</summary>
/// <remarks>The message says what happened, what is kept and what to do. It names paths, tables and columns, never
/// parameter values; the SQL text is a property of its own.</remarks>
public class DatabaseException : DbException
{
    private string? _label;
    private string? _sql;
    private string? _advice;
    private int? _statementIndex;

    /// <summary>Makes an exception of <paramref name="kind"/>.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">What happened, what is kept, what to do.</param>
    /// <param name="innerException">The engine's own exception, where there is one.</param>
    public DatabaseException(DatabaseErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong, the same on every engine.</summary>
    public DatabaseErrorKind Kind { get; }

    /// <summary>Whether running the whole unit again can succeed.</summary>
    public override bool IsTransient => RetryCanSucceed ?? (Kind is DatabaseErrorKind.Busy or DatabaseErrorKind.Timeout && !OutcomeUnknown);

    /// <summary>Overrides what <see cref="IsTransient"/> follows from the kind; <see langword="null"/> leaves it.</summary>
    public bool? RetryCanSucceed { get; init; }

    /// <summary>Whether the commit may or may not have happened: read the data back, never retry blindly.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>Whether the engine had already ended the transaction when the error was reported.</summary>
    public bool TransactionRolledBack { get; init; }

    /// <summary>The engine's primary result code; 0 where the engine did not speak.</summary>
    public int NativeErrorCode { get; init; }

    /// <summary>The engine's extended result code; 0 where the engine did not speak.</summary>
    public int NativeExtendedErrorCode { get; init; }

    /// <summary>The table that the error is about, where known.</summary>
    public string? Table { get; init; }

    /// <summary>The columns that the error is about, where known; empty otherwise.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The name of the violated constraint, where known.</summary>
    public string? Constraint { get; init; }

    /// <summary>The parent table of a violated foreign key, where known.</summary>
    public string? ParentTable { get; init; }

    /// <summary>Who held the lock or the writer that the unit waited for in vain, where known.</summary>
    public LockHolder? Holder { get; init; }

    /// <summary>The label of the unit of work, where it had one.</summary>
    public string? Label
    {
        get => _label;
        init => _label = value;
    }

    /// <summary>The SQL text of the failed statement. It may hold literals: keep it out of logs above Debug.</summary>
    public string? Sql
    {
        get => _sql;
        init => _sql = value;
    }

    /// <summary>The place of the failed statement in its batch, from 0: what <see cref="BatchResult.RowsAffected"/> counts
    /// by as well. <see langword="null"/> outside a batch, and where the batch failed as a whole, as at its commit.</summary>
    public int? StatementIndex
    {
        get => _statementIndex;
        init => _statementIndex = value;
    }

    /// <inheritdoc/>
    public override string Message => _advice is null ? base.Message : $"{base.Message} {_advice}";

    /// <summary>Adds what the thrower could not know; what is there already stays.</summary>
    internal DatabaseException With(string? label, string? sql)
    {
        _label ??= label;
        _sql ??= sql;
        return this;
    }

    /// <summary>Adds the statement's place in its batch.</summary>
    internal void AtStatement(int index) => _statementIndex ??= index;

    /// <summary>Adds a sentence with the way out.</summary>
    internal DatabaseException WithAdvice(string advice)
    {
        _advice ??= advice;
        return this;
    }
}
