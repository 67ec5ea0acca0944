using System.Diagnostics;
using DeployStack.Data.Sqlite.Handles;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Who holds the writer, since when, and what it runs: written by the writer, read by anybody.</summary>
internal sealed class WriterLedger
{
    private long _since;
    private long _foreignSince;
    private int _groupSize;
    private SqliteHandle? _handle;

    /// <summary>How long another process has kept the write lock from this one; zero if it does not.</summary>
    public TimeSpan ForeignLock => Elapsed(Volatile.Read(ref _foreignSince));

    public void HeldBy(SqliteHandle handle, string? label)
    {
        handle.CurrentLabel = label;
        Volatile.Write(ref _handle, handle);
        Volatile.Write(ref _since, Stopwatch.GetTimestamp());
    }

    public void Grow(int size) => Volatile.Write(ref _groupSize, size);

    public void Released()
    {
        Volatile.Write(ref _since, 0);
        Volatile.Write(ref _groupSize, 0);
    }

    public void WaitsForForeignLock(bool waits)
    {
        if (!waits)
        {
            Volatile.Write(ref _foreignSince, 0);
        }
        else if (Volatile.Read(ref _foreignSince) == 0)
        {
            Volatile.Write(ref _foreignSince, Stopwatch.GetTimestamp());
        }
    }

    /// <summary>The state as the caller may see it.</summary>
    public WriterStatus Read(int queueLength)
    {
        var since = Volatile.Read(ref _since);
        var handle = Volatile.Read(ref _handle);
        return since == 0 || handle is null
            ? new(IsHeld: false, null, null, TimeSpan.Zero, 0, queueLength, ForeignLock)
            : new(IsHeld: true, handle.CurrentLabel, handle.CurrentSql, Elapsed(since), Volatile.Read(ref _groupSize), queueLength, ForeignLock);
    }

    /// <summary>Who is in the way now; <see langword="null"/> if nobody is.</summary>
    public LockHolder? Holder
    {
        get
        {
            var status = Read(0);
            return status.ForeignLock > TimeSpan.Zero ? new(IsOtherProcess: true, null, null, status.ForeignLock)
                : status.IsHeld ? new(IsOtherProcess: false, status.Label, status.Sql, status.HeldFor)
                : null;
        }
    }

    /// <summary>One sentence for error messages: no SQL text, which stays a property.</summary>
    public string Describe(int queueLength)
    {
        var status = Read(queueLength);
        if (status.ForeignLock > TimeSpan.Zero)
        {
            return $"another process has held the write lock of the file for {status.ForeignLock.TotalSeconds:0.0} s";
        }

        return status.IsHeld
            ? $"the writer was held by {(status.Label is null ? "a unit without a label" : $"the unit '{status.Label}'")} for {status.HeldFor.TotalSeconds:0.000} s, {queueLength} units were waiting"
            : $"the writer was free, {queueLength} units were waiting";
    }

    private static TimeSpan Elapsed(long since) => since == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(since);
}
