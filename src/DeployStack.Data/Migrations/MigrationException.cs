namespace DeployStack.Data.Migrations;

/// <summary>A migration that cannot be read, may not run or failed; the message names the file and the way out.</summary>
/// <remarks>Its kind is <see cref="DatabaseErrorKind.MigrationFailed"/>; <see cref="DatabaseErrorKind.MigrationLocked"/>
/// where another process held the write lock for the whole wait; <see cref="DatabaseErrorKind.MigrationSuperseded"/> where
/// a newer version of the application migrated the database. What the engine said is the inner exception.</remarks>
public sealed class MigrationException : DatabaseException
{
    /// <summary>Makes the exception for one migration, or for the set of them.</summary>
    /// <param name="message">What happened, what is kept, what to do.</param>
    /// <param name="innerException">What the engine or the file system said.</param>
    public MigrationException(string message, Exception? innerException = null)
        : base(DatabaseErrorKind.MigrationFailed, message, innerException)
    {
    }

    internal MigrationException(DatabaseErrorKind kind, string message, DatabaseException? innerException = null)
        : base(kind, message, innerException)
    {
    }

    /// <summary>The migration's identity; <see langword="null"/> where the error is not about a single one.</summary>
    public string? Identity { get; init; }

    /// <summary>The line of the script on which the statement begins, from 1; <see langword="null"/> where unknown, and for
    /// a migration written in C#.</summary>
    public int? Line { get; init; }

    /// <summary>The column in that line at which the statement begins, from 1; <see langword="null"/> where unknown.</summary>
    public int? Column { get; init; }

    /// <summary>The statement's place in the script, from 1; <see langword="null"/> where unknown.</summary>
    public int? Statement { get; init; }
}
