using System.Collections.Concurrent;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Remembers which units await something other than their session while they hold the writer: they run alone
/// from then on, so that they keep nobody else's commit waiting.</summary>
internal sealed class AwaitingUnits(Action<UnitOfWork> warn)
{
    private const int Bound = 1024;

    private readonly ConcurrentDictionary<object, bool> _known = new();

    public void Add(UnitOfWork unit)
    {
        if (_known.Count < Bound && _known.TryAdd(Key(unit), true))
        {
            warn(unit);
        }
    }

    public bool Contains(UnitOfWork unit) => !_known.IsEmpty && _known.ContainsKey(Key(unit));

    private static object Key(UnitOfWork unit) => (object?)unit.Label ?? unit.CallSite;
}
