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
        "a access active aggregate aggregates aliased allowed already also altered ambiguous an any application argument arguments "
        + "array assigned at attached authorized authorizer automatic bad base be because big blob both busy but calls cannot change "
        + "character child circularly clause clauses close closed collation collision columns comes commands compound conflicting "
        + "constant contentless context converting corrupt count databases datatype deadlock declared deep definition depth destination "
        + "deterministic did different directive disabled disk does double dropped due duplicate element empty encoding encountered "
        + "error even exceeded exist expected expression expressions extension external failed file flags float format frame fts3 fts5 "
        + "function functions geopoly got has have hex hold identifier identify illegal image imprecise inactive incompatible incomplete "
        + "initialization inserted inside insufficient integer internal invalid inverted it joins json jsonb labels large least length "
        + "level levels limited literal loaded loading locale locked logic loop main malformed malfunction many mask max maximum may "
        + "memory mismatch missing misuse mode modified modify module more most multiple must name named names near needs negative "
        + "nested next non number numeric object odd off one only open opened operand operator option options orphan out output outside "
        + "overflow override oversized own parameter parameters parse parser path pattern phrase planner polygon positive prefix "
        + "probability progress prohibited proxy qualified queries rank read readonly real recursion reference referenced referencing "
        + "registering reindexed requested requirement requires reserved result rowid rowids rtree s safety same scanning schema second "
        + "self sequence shadow should single size snippet solution source specification specified sql stack started statement "
        + "statements step stored storing string structure sub subject such supplied supported syntax system tables term terms text than "
        + "that the there times token tokenize tokenizer too triggers two type types unable unexpected unfinalized unfinished unicode "
        + "unknown unqualified unrecognized unsafe unsupported unterminated use used user utf16 utf8 valid value variable variables "
        + "version vfs vtable was were while wildcards within writing written wrong zero";

    private static readonly HashSet<string> _keywords = new(KeywordList.Split(' '), StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> _words = new([.. KeywordList.Split(' '), .. MessageWords.Split(' ')], StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string word) => _words.Contains(word);

    public static bool IsKeyword(string word) => _keywords.Contains(word);
}
