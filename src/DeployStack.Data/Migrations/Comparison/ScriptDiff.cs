namespace DeployStack.Data.Migrations.Comparison;

/// <summary>The lines in which two texts differ, in the form of a unified diff, short enough for a message.</summary>
internal static class ScriptDiff
{
    private const int Context = 2;
    private const int MaxLines = 30;
    private const int MaxWidth = 160;
    private const int MaxCells = 1_000_000; // of the table of the longest common subsequence

    /// <param name="before">The text as it was.</param>
    /// <param name="after">The text as it is.</param>
    public static string Of(string before, string after)
    {
        var left = before.Split('\n');
        var right = after.Split('\n');
        var start = 0;
        while (start < left.Length && start < right.Length && string.Equals(left[start], right[start], StringComparison.Ordinal))
        {
            start++;
        }

        var tail = 0;
        while (tail < left.Length - start && tail < right.Length - start && string.Equals(left[^(tail + 1)], right[^(tail + 1)], StringComparison.Ordinal))
        {
            tail++;
        }

        var shown = Math.Max(0, start - Context);
        var lines = new List<string>();
        lines.AddRange(left[shown..start].Select(static line => " " + line));
        lines.AddRange(Changes(left[start..^tail], right[start..^tail]));
        lines.AddRange(left[^tail..].Take(Context).Select(static line => " " + line));
        var more = lines.Count - MaxLines;
        return string.Join('\n', lines.Take(MaxLines).Select(Cut).Prepend($"@@ line {shown + 1} @@"))
            + (more > 0 ? $"\n… {more} more lines" : string.Empty);
    }

    private static string Cut(string line) => line.Length <= MaxWidth ? line : line[..MaxWidth] + "…";

    private static List<string> Changes(string[] left, string[] right)
    {
        if ((long)left.Length * right.Length > MaxCells)
        {
            return [.. left.Select(static line => "-" + line), .. right.Select(static line => "+" + line)];
        }

        var common = CommonFrom(left, right);
        var lines = new List<string>();
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            if (i < left.Length && j < right.Length && string.Equals(left[i], right[j], StringComparison.Ordinal))
            {
                lines.Add(" " + left[i++]);
                j++;
            }
            else if (j == right.Length || (i < left.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("-" + left[i++]);
            }
            else
            {
                lines.Add("+" + right[j++]);
            }
        }

        return lines;
    }

    // [i, j]: how many lines left[i..] and right[j..] have in common at most
    private static int[,] CommonFrom(string[] left, string[] right)
    {
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
            {
                common[i, j] = string.Equals(left[i], right[j], StringComparison.Ordinal) ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
