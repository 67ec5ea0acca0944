using System.Collections.Concurrent;
using System.Reflection;

namespace DeployStack.Data.Sessions;

/// <summary>What identifies a place in the caller's code, without reflection on the hot path.</summary>
internal static class CallSite
{
    private static readonly ConcurrentDictionary<Type, bool> _captures = new();

    /// <summary>The type of the closure where the delegate captures something, else the delegate, which the compiler
    /// makes once.</summary>
    public static object Of(Delegate work)
    {
        var closure = work.Target?.GetType();
        return closure is not null && _captures.GetOrAdd(closure, static type => type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length > 0)
            ? closure
            : work;
    }
}
