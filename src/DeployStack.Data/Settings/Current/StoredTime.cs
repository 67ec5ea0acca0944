namespace DeployStack.Data.Settings.Current;

/// <summary>Times as the tables hold them.</summary>
internal static class StoredTime
{
    // DeployStack wrote seconds, some of its versions milliseconds: no second of this age is meant
    private const long Milliseconds = 100_000_000_000;

    public static DateTimeOffset ToTime(long stored)
        => stored is > -Milliseconds and < Milliseconds ? DateTimeOffset.FromUnixTimeSeconds(stored)
            : stored < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && stored > DateTimeOffset.MinValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(stored)
            : DateTimeOffset.UnixEpoch;
}
