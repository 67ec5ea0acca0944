namespace DeployStack.Data.Sqlite;

/// <summary>One setting of one kind of connection: what was asked for and what SQLite answered when asked again.</summary>
/// <param name="Connection"><c>writer</c>, <c>reader</c> or <c>memory</c>.</param>
/// <param name="Name">The pragma or option, by SQLite's name.</param>
/// <param name="Asked">The value asked for, as SQLite writes it.</param>
/// <param name="Got">The value in force.</param>
public sealed record EffectiveSetting(string Connection, string Name, string Asked, string Got)
{
    /// <summary>Whether the value asked for is in force.</summary>
    public bool IsAsAsked => string.Equals(Asked, Got, StringComparison.OrdinalIgnoreCase);
}
