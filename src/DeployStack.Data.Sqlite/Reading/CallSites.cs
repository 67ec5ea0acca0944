using System.Collections.Concurrent;
using System.Diagnostics;

namespace DeployStack.Data.Sqlite.Reading;

/// <summary>Learns which reads are short enough to run on the caller's own thread.</summary>
/// <remarks>A read that has not proved itself, or was once slow, runs on a reader's thread: the caller's thread is held
/// for microseconds or not at all.</remarks>
internal sealed class CallSites
{
    private const int Bound = 4096;
    private const int ProvenRuns = 8;
    private const int MinPenalty = 8;
    private const int MaxPenalty = 256;
    private const int CleanRuns = 1_000;

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
        private int _clean;
        private int _penalty = MinPenalty;

        public bool IsShort => Volatile.Read(ref _score) >= ProvenRuns;

        public void Ran(long elapsed)
        {
            if (elapsed >= _long)
            {
                Overran();
            }
            else if (elapsed < _short)
            {
                _clean++;
                if (_score < ProvenRuns)
                {
                    Volatile.Write(ref _score, _score + 1);
                }
            }
        }

        // On a busy machine a short read is now and then held up by other processes in the middle: one slow run among
        // many quick ones costs little, a read that is slow again and again stays away for long.
        public void Overran()
        {
            _penalty = _clean >= CleanRuns ? MinPenalty : Math.Min(_penalty * 2, MaxPenalty);
            _clean = 0;
            Volatile.Write(ref _score, ProvenRuns - _penalty);
        }
    }
}
