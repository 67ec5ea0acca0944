using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeployStack.Data.Testing;

/// <summary>The templates of <see cref="TestDatabase.CreateAsync"/>, by the delegate that describes them.</summary>
/// <remarks>A delegate without state is the same object, or an equal one, each time its line runs, so it can be the key. One
/// that captured variables is another one each time, and might describe another database.</remarks>
internal static class TemplateCache
{
    private static readonly ConcurrentDictionary<Action<TestDatabaseOptions>, TestDatabaseTemplate> _templates = new();

    public static TestDatabaseTemplate Of(Action<TestDatabaseOptions> configure)
        => IsStateless(configure) ? _templates.GetOrAdd(configure, TestDatabase.Template) : TestDatabase.Template(configure);

    public static bool IsStateless(Delegate configure) => configure.HasSingleTarget && (configure.Target is null || HoldsNothing(configure.Target.GetType()));

    // the class that the compiler makes for lambdas that capture nothing
    private static bool HoldsNothing(Type type)
        => type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length == 0;
}
