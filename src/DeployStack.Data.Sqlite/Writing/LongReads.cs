namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Counts the reads that hold the log back for as long as a copy takes: waiting for one of them would only hold up
/// the writer. Thread-safe.</summary>
internal sealed class LongReads
{
    private int _count;

    public bool Any => Volatile.Read(ref _count) > 0;

    /// <summary>Tells of one; disposing the result ends it.</summary>
    public IDisposable Begin()
    {
        Interlocked.Increment(ref _count);
        return new Read(this);
    }

    private sealed class Read(LongReads reads) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref reads._count);
    }
}
