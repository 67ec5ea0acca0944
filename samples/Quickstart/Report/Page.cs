namespace DeployStack.Data.Quickstart.Report;

/// <summary>Plain text in columns.</summary>
internal sealed class Page(TextWriter writer)
{
    private const int LabelWidth = 22;

    public void Title(string title)
    {
        writer.WriteLine();
        writer.WriteLine(title);
    }

    public void Line(string label, string value) => writer.WriteLine($"  {label.PadRight(LabelWidth)}{value}");

    public void Text(string text) => writer.WriteLine($"  {text}".TrimEnd());

    /// <param name="columns">Headings; one that begins with <c>&gt;</c> is over numbers, which stand to the right. All empty: none is shown.</param>
    /// <param name="rows">As many cells as there are columns.</param>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<IReadOnlyList<string>> lines = [.. rows];
        if (columns.Any(static column => column.Length > 0))
        {
            lines = [[.. columns.Select(static column => column.TrimStart('>'))], .. lines];
        }

        var widths = columns.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
        {
            Text(string.Join("  ", line.Select((cell, column) => columns[column].StartsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))));
        }
    }
}
