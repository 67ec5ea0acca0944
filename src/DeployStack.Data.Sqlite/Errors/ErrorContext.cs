namespace DeployStack.Data.Sqlite.Errors;

/// <summary>What is known around a failed call of SQLite.</summary>
internal readonly record struct ErrorContext
{
    /// <summary>The SQL text; it becomes a property of the exception and never a part of its message.</summary>
    public string? Sql { get; init; }

    /// <summary>The label of the unit of work.</summary>
    public string? Label { get; init; }

    /// <summary>Whether the connection may write.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Whether no transaction was open after the failure.</summary>
    public bool AutocommitAfter { get; init; }

    /// <summary>The absolute path, or <c>:memory:</c>; <see langword="null"/> where nobody said.</summary>
    public string? Path { get; init; }

    /// <summary>The database for a message.</summary>
    public string Database => Path is null ? "the database" : HasFile ? $"the database '{Path}'" : "the database in memory";

    /// <summary>Whether there is a file to ask the file system about.</summary>
    public bool HasFile => Path is not (null or SqliteSettings.InMemory);

    /// <summary>Whether a write transaction was open and SQLite ended it. A BEGIN that failed never had one.</summary>
    public bool RolledBack => IsWrite && AutocommitAfter && Sql?.StartsWith("BEGIN", StringComparison.OrdinalIgnoreCase) != true;
}
