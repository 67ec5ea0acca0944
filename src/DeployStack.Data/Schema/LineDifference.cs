namespace DeployStack.Data.Schema;

/// <summary>Compares lists of lines by their longest common part. Pure.</summary>
internal static class LineDifference
{
    /// <summary>All lines, each with its mark.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<DefinitionLine> first, IReadOnlyList<DefinitionLine> second)
    {
        var common = Common(first, second);
        var lines = new List<string>(first.Count + second.Count);
        int i = 0, j = 0;
        while (i < first.Count || j < second.Count)
        {
            if (i < first.Count && j < second.Count && AreEqual(first[i], second[j]))
            {
                lines.Add("  " + second[j++].Text);
                i++;
            }
            else if (j == second.Count || (i < first.Count && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("- " + first[i++].Text);
            }
            else
            {
                lines.Add("+ " + second[j++].Text);
            }
        }

        return lines;
    }

    // how many lines the rests from i and from j have in common
    private static int[,] Common(IReadOnlyList<DefinitionLine> first, IReadOnlyList<DefinitionLine> second)
    {
        var common = new int[first.Count + 1, second.Count + 1];
        for (var i = first.Count - 1; i >= 0; i--)
        {
            for (var j = second.Count - 1; j >= 0; j--)
            {
                common[i, j] = AreEqual(first[i], second[j]) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    // the comma behind a column belongs to no column
    private static bool AreEqual(DefinitionLine left, DefinitionLine right)
        => left.Key.AsSpan().TrimEnd(" ,").SequenceEqual(right.Key.AsSpan().TrimEnd(" ,"));
}
