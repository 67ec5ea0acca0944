using System.Text;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>The functions, pragmas and virtual tables that a principal may use: what is not listed is refused, so a function
/// that the host or an extension adds reaches no plugin.</summary>
internal static class PrincipalFunctions
{
    // Left out of SQLite's own on purpose: changes and total_changes (they count the host's), sqlite_*, load_extension,
    // fts*, and what opens files in the shell.
    private const string Functions =
        "-> ->> abs acos acosh asin asinh atan atan2 atanh avg ceil ceiling char coalesce concat concat_ws cos cosh count cume_dist "
        + "current_date current_time current_timestamp date datetime degrees dense_rank exp first_value floor format glob "
        + "group_concat hex if ifnull iif instr json json_array json_array_insert json_array_length json_error_position "
        + "json_extract json_group_array json_group_object json_insert json_object json_patch json_pretty json_quote "
        + "json_remove json_replace json_set json_type json_valid jsonb jsonb_array jsonb_array_insert jsonb_extract "
        + "jsonb_group_array jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set "
        + "julianday lag last_insert_rowid last_value lead length like likelihood likely ln log log10 log2 lower ltrim max "
        + "median min mod nth_value ntile nullif octet_length percent_rank percentile percentile_cont percentile_disc pi pow "
        + "power printf quote radians random randomblob rank replace round row_number rtrim sign sin sinh soundex sqrt "
        + "strftime string_agg substr substring sum tan tanh time timediff total trim trunc typeof unhex unicode "
        + "unistr unistr_quote unixepoch unlikely upper zeroblob";

    private static readonly HashSet<string> _functions = SetOf(Functions);
    private static readonly HashSet<string> _pragmas = SetOf("table_info table_xinfo index_list index_info index_xinfo foreign_key_list");
    private static readonly HashSet<string> _tables = SetOf("json_each json_tree jsonb_each jsonb_tree generate_series");

    // what ALTER TABLE and CREATE call by themselves; nobody else can call them
    private static readonly HashSet<string> _internal = SetOf("sqlite_rename_table sqlite_rename_column sqlite_rename_test sqlite_rename_quotefix sqlite_drop_column sqlite_fail sqlite_add_constraint sqlite_find_constraint sqlite_drop_constraint");

    public static bool IsAllowed(ReadOnlySpan<byte> function) => Has(_functions, function);

    public static bool IsInternal(ReadOnlySpan<byte> function) => Has(_internal, function);

    /// <summary>Whether it only tells something of the table or index that is its argument.</summary>
    public static bool IsAllowedPragma(ReadOnlySpan<byte> pragma) => Has(_pragmas, pragma);

    /// <summary>Whether it is a table-valued function that reads nothing but its arguments.</summary>
    public static bool IsAllowedTable(ReadOnlySpan<byte> table) => Has(_tables, table);

    private static bool Has(HashSet<string> set, ReadOnlySpan<byte> name) => set.Contains(Encoding.UTF8.GetString(name));

    private static HashSet<string> SetOf(string words) => words.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
}
