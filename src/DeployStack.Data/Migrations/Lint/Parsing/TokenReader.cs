using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint.Parsing;

/// <summary>Reads the tokens of one statement that the engine sees, one after the other.</summary>
internal sealed class TokenReader
{
    private readonly string _sql;
    private readonly List<SqlToken> _tokens = [];

    public TokenReader(string sql)
    {
        _sql = sql;
        foreach (var token in SqlTokenizer.Tokens(sql).Where(static token => token.IsSignificant))
        {
            // a doubled quote comes as two neighbours
            if (_tokens is [.., var last] && last.End == token.Start && last.Kind == token.Kind && IsQuoted(token) && sql[last.Start] == sql[token.Start] && sql[token.Start] != '[')
            {
                _tokens[^1] = last with { End = token.End };
            }
            else
            {
                _tokens.Add(token);
            }
        }
    }

    public int Position { get; set; }

    public int Count => _tokens.Count;

    public bool IsAtEnd => Position >= _tokens.Count;

    /// <summary>The kind of the token at a place.</summary>
    public SqlTokenKind KindAt(int position) => position >= 0 && position < Count ? _tokens[position].Kind : SqlTokenKind.Space;

    /// <summary>The text at a place, without quotes; empty outside.</summary>
    public string At(int position)
    {
        if (position < 0 || position >= Count)
        {
            return string.Empty;
        }

        var token = _tokens[position];
        if (!IsQuoted(token))
        {
            return token.Of(_sql);
        }

        var quote = _sql[token.Start] == '[' ? "]" : _sql[token.Start].ToString();
        return _sql[(token.Start + 1)..(token.End - 1)].Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    /// <summary>Whether the token at a place stands in double quotes.</summary>
    public bool IsInDoubleQuotes(int position) => KindAt(position) == SqlTokenKind.Name && _sql[_tokens[position].Start] == '"';

    public bool IsWordAt(int position, string keyword) => KindAt(position) == SqlTokenKind.Word && _tokens[position].Is(_sql, keyword);

    public bool IsSymbolAt(int position, char symbol) => KindAt(position) == SqlTokenKind.Symbol && _sql[_tokens[position].Start] == symbol;

    public bool Is(params ReadOnlySpan<string> keywords)
    {
        for (var i = 0; i < keywords.Length; i++)
        {
            if (!IsWordAt(Position + i, keywords[i]))
            {
                return false;
            }
        }

        return true;
    }

    public bool IsOneOf(params ReadOnlySpan<string> keywords)
    {
        foreach (var keyword in keywords)
        {
            if (IsWordAt(Position, keyword))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Steps over the keywords if they come next, all of them.</summary>
    public bool Accept(params ReadOnlySpan<string> keywords)
    {
        var found = Is(keywords);
        Position += found ? keywords.Length : 0;
        return found;
    }

    public bool AcceptSymbol(char symbol)
    {
        var found = IsSymbolAt(Position, symbol);
        Position += found ? 1 : 0;
        return found;
    }

    /// <summary>A name, quoted or not; empty where none comes next.</summary>
    public string Name() => KindAt(Position) is SqlTokenKind.Word or SqlTokenKind.Name or SqlTokenKind.Text ? At(Position++) : string.Empty;

    /// <summary>A name with or without the name of its schema, which is dropped: a migration has one database.</summary>
    public string QualifiedName()
    {
        var name = Name();
        return AcceptSymbol('.') ? Name() : name;
    }

    /// <summary>What the parentheses that come next list: names, and an empty text for each expression.</summary>
    public List<string> Names()
    {
        var names = new List<string>();
        for (var end = EnterParentheses(); Position < end; Skip())
        {
            if (IsSymbolAt(Position - 1, '(') || IsSymbolAt(Position - 1, ','))
            {
                names.Add(IsPlainName() ? At(Position) : string.Empty);
            }
        }

        return names;
    }

    /// <summary>Steps over one token, or over parentheses with all they hold.</summary>
    public void Skip() => Position = IsSymbolAt(Position, '(') ? EndOf(Position) : Position + 1;

    /// <summary>Text that is equal for expressions that differ in white space, comments and case only.</summary>
    public string Normal(int from, int to)
        => string.Join(' ', Enumerable.Range(from, Math.Max(0, to - from)).Select(i => KindAt(i) == SqlTokenKind.Text ? $"'{At(i)}'" : At(i).ToUpperInvariant()));

    /// <summary>The place behind the parenthesis that closes the one at a place.</summary>
    public int EndOf(int position)
    {
        for (var depth = 0; position < Count; position++)
        {
            depth += IsSymbolAt(position, '(') ? 1 : IsSymbolAt(position, ')') ? -1 : 0;
            if (depth <= 0)
            {
                return position + 1;
            }
        }

        return Count;
    }

    // the reader stands behind the opening one; returns the place behind the closing one
    private int EnterParentheses()
    {
        if (!IsSymbolAt(Position, '('))
        {
            return Position;
        }

        var end = EndOf(Position);
        Position++;
        return end;
    }

    private bool IsPlainName()
        => KindAt(Position) is SqlTokenKind.Word or SqlTokenKind.Name or SqlTokenKind.Text
            && (IsSymbolAt(Position + 1, ',') || IsSymbolAt(Position + 1, ')') || IsWordAt(Position + 1, "COLLATE") || IsWordAt(Position + 1, "ASC") || IsWordAt(Position + 1, "DESC"));

    private static bool IsQuoted(in SqlToken token) => token.Kind is SqlTokenKind.Text or SqlTokenKind.Name;
}
