namespace DeployStack.Data.Settings.Current;

/// <summary>The version of the tables.</summary>
/// <param name="Number">Raised by every change of a row.</param>
/// <param name="Stamp">Another one after each change: where an older database was restored, a number comes again, and means other rows.</param>
internal sealed record StoredVersion(long Number, long Stamp)
{
    /// <summary>Where the database has none; it is never the one that is known.</summary>
    public static StoredVersion None { get; } = new(-1, 0);
}
