using DeployStack.Data.Provider.Copying;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>What a rehearsal looks at besides the migrations themselves.</summary>
public sealed record RehearsalOptions
{
    /// <summary>Queries whose plans are compared before and after, one statement each; their parameters need no values.
    /// Default none.</summary>
    public IReadOnlyList<string> Queries { get; init; } = [];

    /// <summary>The folder for the copy; <see langword="null"/> (the default) for that of the database. It is made where
    /// it is missing, and stays. Ignored by engines
    /// whose databases are not files.</summary>
    public string? Directory { get; init; }

    /// <summary>Whether the rows of every table are counted before and after each migration. Default
    /// <see langword="true"/>; it reads each table once per migration, which takes its time on a large database.</summary>
    public bool CountRows { get; init; } = true;

    /// <summary>Whether the copy is checked at the end: <c>PRAGMA integrity_check</c> and <c>foreign_key_check</c>. Default
    /// <see langword="true"/>; it reads the whole copy.</summary>
    public bool CheckIntegrity { get; init; } = true;

    /// <summary>Told how far the copy is, on the thread that copies: be quick, throw nothing. Default nobody.</summary>
    public IProgress<DatabaseCopyProgress>? CopyProgress { get; init; }
}
