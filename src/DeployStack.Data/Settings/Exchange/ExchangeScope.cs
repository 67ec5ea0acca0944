namespace DeployStack.Data.Settings.Exchange;

/// <summary>Which settings a file covers.</summary>
/// <param name="Groups">Ids of groups.</param>
/// <param name="KeyPrefixes">Beginnings of keys.</param>
internal sealed record ExchangeScope(IReadOnlyList<string> Groups, IReadOnlyList<string> KeyPrefixes)
{
    public static readonly ExchangeScope All = new([], []);

    public bool IsAll => Groups.Count == 0 && KeyPrefixes.Count == 0;

    public bool Has(string key, string? groupId) => IsAll
        || (groupId is not null && Groups.Contains(groupId, StringComparer.Ordinal))
        || KeyPrefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
