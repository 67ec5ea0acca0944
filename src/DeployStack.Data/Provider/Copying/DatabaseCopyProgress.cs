namespace DeployStack.Data.Provider.Copying;

/// <summary>How far a copy is.</summary>
/// <param name="CopiedBytes">What is copied.</param>
/// <param name="TotalBytes">What there is to copy.</param>
public sealed record DatabaseCopyProgress(long CopiedBytes, long TotalBytes);
