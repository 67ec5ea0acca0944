using DeployStack.Data.Benchmarks.Peers;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>The rows that one caller takes in turn, and a number that grows.</summary>
internal sealed class Numbers(int caller)
{
    private const int Step = 7; // has no factor in common with the number of keys: every key comes
    private const long Apart = 1_000_003;

    private static long _made;

    // No two start alike: SQLite writes nothing, and syncs nothing, for a row that is already as it should be.
    public long Now { get; private set; } = (Interlocked.Increment(ref _made) * Apart) + (caller * 31);

    public int Index => (int)(Now * Step % SampleData.Hot);

    public long Id => Index + 1;

    public string Key => SampleData.HotKeys[Index];

    public long Next() => ++Now;
}
