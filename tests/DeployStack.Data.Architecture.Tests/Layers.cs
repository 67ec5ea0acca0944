namespace DeployStack.Data.Architecture.Tests;

/// <summary>The rooms of the core and what each may use. A new room gets a line here, and a reason in docs/architecture.md.</summary>
internal static class Layers
{
    private static readonly string[] Ground = ["", "Provider", "Diagnostics", "Schema"];

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> MayUse { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        [""] = [],
        ["Provider"] = [""],
        ["Diagnostics"] = [""],
        ["Schema"] = ["", "Provider"],
        ["Mapping"] = ["", "Provider"],
        ["Sessions"] = [.. Ground, "Mapping"],
        ["Migrations"] = Ground,
        ["Backups"] = Ground,
        ["Monitoring"] = Ground,
        ["Transfer"] = Ground,
        ["Settings"] = [.. Ground, "Migrations"],
        ["Plugins"] = [.. Ground, "Migrations", "Settings"],
        ["DependencyInjection"] = [.. Ground, "Mapping", "Sessions", "Migrations", "Backups", "Monitoring", "Transfer", "Settings", "Plugins"],
    };

    /// <summary>The uses that the table does not allow, each with its witness.</summary>
    public static IEnumerable<string> Violations(IEnumerable<KeyValuePair<(string From, string To), string>> edges)
        => edges.Where(edge => !MayUse.TryGetValue(edge.Key.From, out var allowed) || !allowed.Contains(edge.Key.To))
            .Select(edge => $"{Name(edge.Key.From)} → {Name(edge.Key.To)}: {edge.Value}");

    /// <summary>The rooms that reach themselves through others.</summary>
    public static IEnumerable<string> Cycles(IEnumerable<KeyValuePair<(string From, string To), string>> edges)
    {
        var next = edges.ToLookup(edge => edge.Key.From, edge => edge);
        foreach (var room in next.Select(group => group.Key))
        {
            var seen = new HashSet<string>();
            var open = new Stack<string>([room]);
            while (open.TryPop(out var current))
            {
                foreach (var edge in next[current].Where(edge => seen.Add(edge.Key.To)))
                {
                    open.Push(edge.Key.To);
                }
            }

            if (seen.Contains(room))
            {
                yield return $"{Name(room)} reaches itself: {string.Join("; ", next[room].Where(edge => seen.Contains(edge.Key.To)).Select(edge => edge.Value))}";
            }
        }
    }

    private static string Name(string room) => room.Length == 0 ? "(root)" : room;
}
