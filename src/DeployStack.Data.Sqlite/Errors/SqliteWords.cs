namespace DeployStack.Data.Sqlite.Errors;

/// <summary>The words that SQLite's own messages are made of, and its keywords.</summary>
internal static class SqliteWords
{
    // https://www.sqlite.org/lang_keywords.html
    private const string KeywordList =
        "abort action add after all alter always analyze and as asc attach autoincrement before begin between by cascade case cast check "
        + "collate column commit conflict constraint create cross current current_date current_time current_timestamp database default "
        + "deferrable deferred delete desc detach distinct do drop each else end escape except exclude exclusive exists explain fail filter "
        + "first following for foreign from full generated glob group groups having if ignore immediate in index indexed initially inner "
        + "insert instead intersect into is isnull join key last left like limit match materialized natural no not nothing notnull null "
        + "nulls of offset on or order others outer over partition plan pragma preceding primary query raise range recursive references "
        + "regexp reindex release rename replace restrict returning right rollback row rows savepoint select set strict table temp temporary "
        + "then ties to transaction trigger unbounded union unique update using vacuum values view virtual when where window with without";

    private const string MessageWords =
        "a access active aggregate aggregates aliased allowed already altered ambiguous an any argument arguments array assigned at attached "
        + "automatic bad base be because big blob busy but cannot change character circularly clause clauses close collation collision columns "
        + "comes commands compound conflicting constant context converting corrupt count database databases datatype deadlock deep default "
        + "definition depth destination deterministic did different disabled disk does double duplicate element empty encoding encountered "
        + "error even exceeded exist expected expression expressions extension failed file first flags float foreign format frame fts3 fts5 full "
        + "function functions generated geopoly got has have hex hold identifier illegal image imprecise inactive incomplete inside insufficient "
        + "integer internal invalid inverted is it json jsonb labels large length level levels literal loading locale locked logic loop main "
        + "malformed many mask max maximum may memory mismatch missing misuse mode modified module more most multiple must name named near needs "
        + "negative nested next non number numeric object odd off one only open operand operator option options orphan out overflow oversized "
        + "override own parameter parameters parse parser path pattern phrase planner positive prefix probability progress prohibited proxy "
        + "queries rank read readonly real recursion reference referenced referencing reserved result rowid rowids rtree s safety same schema "
        + "second self sequence should single size snippet solution source specified specification sql stack statement statements step stored "
        + "string structure sub subject such supplied supported syntax system tables term terms text than that the there times token tokenizer "
        + "too trigger triggers two type types unable unexpected unfinished unicode unknown unrecognized unsafe unsupported unterminated use used "
        + "user utf8 utf16 value values variable variables version vfs vtable was while wildcards within wrong zero";

    private static readonly HashSet<string> _keywords = new(KeywordList.Split(' '), StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> _words = new([.. KeywordList.Split(' '), .. MessageWords.Split(' ')], StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => _words.Contains(word);

    public static bool IsKeyword(string word) => _keywords.Contains(word);
}
