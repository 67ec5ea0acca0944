using System.Globalization;

namespace DeployStack.Data.Settings.Storage;

/// <summary>An INSERT, for one row or for several.</summary>
/// <param name="head">Up to and with <c>VALUES</c>.</param>
/// <param name="parameters">The parameters of a row in the order of the columns; one may occur twice.</param>
internal sealed class InsertText(string head, IReadOnlyList<string> parameters)
{
    /// <summary>The different parameters of a row.</summary>
    public IReadOnlyList<string> Parameters { get; } = [.. parameters.Distinct(StringComparer.Ordinal)];

    /// <summary>How many values a row binds.</summary>
    public int ParametersPerRow => Parameters.Count;

    /// <summary>The statement for one row.</summary>
    public string OneRow { get; } = $"{head} ({string.Join(", ", parameters.Select(static each => $"@{each}"))})";

    /// <summary>The statement for several rows, whose parameters end in the number of their row.</summary>
    public string Rows(int count) => $"{head} {string.Join(", ", Enumerable.Range(0, count).Select(static row => row.ToString(CultureInfo.InvariantCulture)).Select(row => $"({string.Join(", ", parameters.Select(each => $"@{each}{row}"))})"))}";
}
