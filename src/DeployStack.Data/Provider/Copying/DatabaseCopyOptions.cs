namespace DeployStack.Data.Provider.Copying;

/// <summary>How a copy of a live database is taken.</summary>
public sealed record DatabaseCopyOptions
{
    /// <summary>The folder for the copy; <see langword="null"/> (the default) for the folder of the database itself, so that
    /// the copy has the same disk and the same rights. Ignored by engines whose databases are not files.</summary>
    public string? Directory { get; init; }

    /// <summary>Told after each step, on the thread that copies: be quick, throw nothing. Default nobody.</summary>
    public IProgress<DatabaseCopyProgress>? Progress { get; init; }
}
