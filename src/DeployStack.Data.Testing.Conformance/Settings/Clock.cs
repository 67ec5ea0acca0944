namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>A clock whose time of day the test sets; timers and timestamps are the system's.</summary>
/// <param name="now">The time until it is advanced.</param>
internal sealed class Clock(DateTimeOffset now) : TimeProvider
{
    private DateTimeOffset _now = now;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
