using System.Text;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>Changes to a text by the places that it has before them.</summary>
internal sealed class TextEdits(string text)
{
    private readonly List<(int Start, int End, string Text)> _edits = [];

    public void Replace(int start, int end, string replacement) => _edits.Add((start, end, replacement));

    public override string ToString()
    {
        var result = new StringBuilder(text);
        foreach (var (start, end, replacement) in Enumerable.Reverse(_edits.OrderBy(static edit => edit.Start).ThenBy(static edit => edit.End)))
        {
            result.Remove(start, end - start).Insert(start, replacement);
        }

        return result.ToString();
    }
}
