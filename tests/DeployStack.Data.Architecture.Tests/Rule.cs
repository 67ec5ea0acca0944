namespace DeployStack.Data.Architecture.Tests;

internal static class Rule
{
    /// <summary>Fails with every violation on a line of its own; <paramref name="wayOut"/> says what to do about them.</summary>
    public static void Holds(IEnumerable<string> violations, string wayOut)
    {
        var found = violations.Distinct().Order(StringComparer.Ordinal).ToList();
        if (found.Count > 0)
        {
            Assert.Fail($"{found.Count} found. {wayOut}\n  {string.Join("\n  ", found)}");
        }
    }
}
