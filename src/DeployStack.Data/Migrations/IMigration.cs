namespace DeployStack.Data.Migrations;

/// <summary>A migration written in C#: it may read the database, then says which statements are to be executed.</summary>
/// <remarks>
/// <see cref="BuildAsync"/> runs at the migration's turn, when those before it are committed, outside the write lock:
/// another process may write between what it reads and its statements, so a statement that depends on what was read
/// should carry an expectation (<see cref="SqlStatement.Expectation"/>). It may run more than once, in several processes
/// at the same time, and must change nothing itself. Its statements are one atomic batch with the row of the history.
/// The history keeps their SQL text, never the values of their parameters.
/// </remarks>
public interface IMigration
{
    /// <summary>Number and words, as a file name has them: <c>0012_add_teams</c>. The default is the name of the class,
    /// which then must be of the form <c>M0012_AddTeams</c>.</summary>
    string Name => GetType().Name;

    /// <summary>A text whose change means that the migration means something else; compared as the text of a script is.
    /// <see langword="null"/> (the default) compares nothing, as the SQL may depend on the data.</summary>
    string? Version => null;

    /// <summary>Adds the statements, in order.</summary>
    /// <param name="builder">Takes the statements and options; valid only inside this call.</param>
    /// <param name="database">The database, to read from; writing through it fails with
    /// <see cref="DatabaseErrorKind.SessionMisuse"/>.</param>
    /// <param name="cancellationToken">The token of the run.</param>
    Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken);
}
