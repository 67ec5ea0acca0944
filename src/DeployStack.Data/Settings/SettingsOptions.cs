namespace DeployStack.Data.Settings;

/// <summary>How a store keeps current and what it keeps.</summary>
public sealed class SettingsOptions
{
    /// <summary>How long changes stay in the history; older ones are deleted at initialisation and now and then by writes.
    /// <see cref="Timeout.InfiniteTimeSpan"/> keeps all. Default 365 days.</summary>
    public TimeSpan HistoryRetention { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How old a snapshot may get before its version is looked at again, on engines that do not tell whether
    /// another process has committed. Not used on a SQLite file in WAL mode on Linux, where every read is current. Default
    /// 200 ms.</summary>
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often changes of other processes are looked for while somebody watches. Default 100 ms.</summary>
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a write tries again after other processes changed settings at the same time. Default 30 s.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentOutOfRangeException">A duration is not positive.</exception>
    internal void Check()
    {
        Positive(HistoryRetention == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : HistoryRetention, nameof(HistoryRetention));
        Positive(CheckInterval, nameof(CheckInterval));
        Positive(WatchInterval, nameof(WatchInterval));
        Positive(WriteTimeout, nameof(WriteTimeout));
    }

    private static void Positive(TimeSpan value, string name)
    {
        if (value <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(name, value, $"SettingsOptions.{name} must be positive.");
        }
    }
}
