namespace DeployStack.Data.Migrations.Scripts;

/// <summary>Tells the lines of ever later places in a text.</summary>
internal sealed class LineCounter(string text)
{
    private int _counted;
    private int _line = 1;

    /// <summary>The line, from 1, of a place that is not before the place asked last.</summary>
    public int At(int index)
    {
        _line += text.AsSpan(_counted, index - _counted).Count('\n');
        _counted = index;
        return _line;
    }

    /// <summary>The column, from 1, of any place in its line.</summary>
    public int ColumnAt(int index) => index - text.AsSpan(0, index).LastIndexOf('\n');
}
