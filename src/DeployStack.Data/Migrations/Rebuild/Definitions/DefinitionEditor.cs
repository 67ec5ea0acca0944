using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Definitions;

/// <summary>Writes single changes into a CREATE TABLE statement; all else in it, comments too, stays as it is.</summary>
internal sealed class DefinitionEditor(TableDefinition definition)
{
    private readonly TextEdits _edits = new(definition.Sql);

    /// <summary>The statement with the changes.</summary>
    public override string ToString() => _edits.ToString();

    /// <summary>Gives the table another name, also where the statement names it before a column.</summary>
    /// <remarks>References to itself keep the old name, which becomes the table's again.</remarks>
    public void RenameTable(string name)
    {
        var tokens = definition.Tokens;
        for (var i = 0; i < tokens.Count; i++)
        {
            var isQualifier = tokens[i].Names(definition.Name) && i + 1 < tokens.Count && tokens[i + 1].IsSymbol('.') && !tokens[i - 1].IsSymbol('.');
            if (ReferenceEquals(tokens[i], definition.NameToken) || isQualifier)
            {
                _edits.Replace(tokens[i].Start, tokens[i].End, SqlName.Quote(name));
            }
        }
    }

    public void ChangeType(ColumnDefinition column, string type)
    {
        var at = column.TypeTokens > 0 ? column.Tokens[1].Start : column.Tokens[0].End;
        var end = column.TypeTokens > 0 ? column.Tokens[column.TypeTokens].End : at;
        _edits.Replace(at, end, column.TypeTokens > 0 || type.Length == 0 ? type : $" {type}");
    }

    /// <summary>Drops columns, each with the comma that separated it.</summary>
    public void Drop(IReadOnlyCollection<ColumnDefinition> columns)
    {
        var isBehindKept = false;
        foreach (var column in definition.Columns)
        {
            if (!columns.Contains(column))
            {
                isBehindKept = true;
                continue;
            }

            if (isBehindKept)
            {
                var comma = definition.Tokens.Last(token => token.End <= column.Start);
                _edits.Replace(comma.Start, comma.End, string.Empty);
                _edits.Replace(IsSpace(comma.End, column.Start) ? comma.End : column.Start, column.End, string.Empty);
            }
            else
            {
                var comma = definition.Tokens.First(token => token.Start >= column.End);
                var next = definition.Tokens.First(token => token.Start >= comma.End);
                _edits.Replace(column.Start, column.End, string.Empty);
                _edits.Replace(comma.Start, IsSpace(comma.End, next.Start) ? next.Start : comma.End, string.Empty);
            }
        }
    }

    /// <summary>Adds columns behind the last one that stays.</summary>
    public void Add(ColumnDefinition last, IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            // a comment to the end of its line must not take along what follows
            _edits.Replace(last.End, last.End, $", {column.Trim()}{(column.Contains("--", StringComparison.Ordinal) ? "\n" : string.Empty)}");
        }
    }

    private bool IsSpace(int start, int end) => string.IsNullOrWhiteSpace(definition.Sql[start..end]);
}
