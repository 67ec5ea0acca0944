using System.Collections.Concurrent;
using System.Diagnostics;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>Learns which reads are short enough to run on the caller's own thread.</summary>
/// <remarks>A read that has not proved itself, or was slow more than once lately, runs on a reader's thread: the caller's
/// thread is held for microseconds or not at all. One slow run among a hundred quick ones is forgiven, because on a busy
/// machine other processes hold up a short read in the middle.</remarks>
internal sealed class CallSites
{
    private const int Bound = 4096;
    private const int ProvenRuns = 8;
    private const int MostTrusted = 200;
    private const int LeastTrusted = -256;
    private const int SlowRun = 100;

    private static readonly long _short = Stopwatch.Frequency / 5_000; // 200 µs
    private static readonly long _long = Stopwatch.Frequency / 1_000; // 1 ms

    private readonly ConcurrentDictionary<object, Record> _records = new(ReferenceEqualityComparer.Instance);

    /// <summary>How long a read may stay on the caller's thread before it is stopped and run again elsewhere.</summary>
    public static long Budget => _long;

    public Record Get(object callSite)
    {
        if (_records.TryGetValue(callSite, out var record))
        {
            return record;
        }

        if (_records.Count >= Bound)
        {
            _records.Clear(); // SQL text made anew for each call would fill it for ever
        }

        return _records.GetOrAdd(callSite, static _ => new());
    }

    /// <summary>What is known of one place in the code. Races between threads cost a run elsewhere, nothing more.</summary>
    internal sealed class Record
    {
        private int _score;

        public bool IsShort => Volatile.Read(ref _score) >= ProvenRuns;

        /// <summary>The read ran so long, in stopwatch ticks.</summary>
        public void Ran(long elapsed)
        {
            if (elapsed >= _long)
            {
                Overran();
            }
            else if (elapsed < _short && _score < MostTrusted)
            {
                Volatile.Write(ref _score, _score + 1);
            }
        }

        /// <summary>The read was slow.</summary>
        public void Overran() => Volatile.Write(ref _score, Math.Max(_score - SlowRun, LeastTrusted));

        /// <summary>The read awaits something else: it needs a thread of its own each time.</summary>
        public void Awaited() => Volatile.Write(ref _score, LeastTrusted);
    }
}
