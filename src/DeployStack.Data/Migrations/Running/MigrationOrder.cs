namespace DeployStack.Data.Migrations.Running;

/// <summary>The order of identities: by number, <c>9999</c> before <c>10000</c>, then by the rest; names without a number
/// behind, repeatable scripts last.</summary>
internal sealed class MigrationOrder : IComparer<string>
{
    private const string Repeatable = "R__";

    public static MigrationOrder Instance { get; } = new();

    /// <summary>Whether a row of the history is of a repeatable script.</summary>
    public static bool IsRepeatable(string identity) => Last(identity).StartsWith(Repeatable, StringComparison.Ordinal);

    public int Compare(string? x, string? y)
    {
        var left = Last(x);
        var right = Last(y);
        var byClass = ClassOf(left).CompareTo(ClassOf(right));
        if (byClass != 0)
        {
            return byClass;
        }

        var leftNumber = NumberOf(left);
        var rightNumber = NumberOf(right);
        var byNumber = leftNumber.Length.CompareTo(rightNumber.Length);
        byNumber = byNumber != 0 ? byNumber : leftNumber.SequenceCompareTo(rightNumber);
        return byNumber != 0 ? byNumber : string.CompareOrdinal(x, y);
    }

    // behind the name of the stream
    private static ReadOnlySpan<char> Last(string? identity) => identity.AsSpan()[((identity?.LastIndexOf('/') ?? -1) + 1)..];

    private static int ClassOf(ReadOnlySpan<char> identity)
        => identity.StartsWith(Repeatable) ? 2 : identity.Length > 0 && char.IsAsciiDigit(identity[0]) ? 0 : 1;

    private static ReadOnlySpan<char> NumberOf(ReadOnlySpan<char> identity)
    {
        var end = identity.IndexOfAnyExceptInRange('0', '9');
        return (end < 0 ? identity : identity[..end]).TrimStart('0');
    }
}
