using System.Text;
using System.Text.RegularExpressions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>The statement that finds rows where the schema is no longer what the rebuild was planned for.</summary>
internal static class CatalogueGuard
{
    // what cannot stand beside an unquoted name in ASCII; other letters count as beside it, which finds more, never less
    private const string Boundary = "[^a-z0-9_$]";

    /// <param name="catalogue">What was read.</param>
    /// <param name="names">The table and the views over it: whatever has one of these names in its text is compared.</param>
    public static string Sql(Catalogue catalogue, IEnumerable<string> names)
    {
        var texts = names.SelectMany(Spellings).Distinct(StringComparer.Ordinal).ToList();
        var planned = catalogue.Objects.Where(each => texts.Exists(text => HasName(each.Sql, text)));
        var sql = new StringBuilder("WITH planned(type, name, tbl_name, sql) AS (VALUES\n    ");
        sql.AppendJoin(",\n    ", planned.Select(static each => $"({SqlName.Text(each.Type)}, {SqlName.Text(each.Name)}, {SqlName.Text(each.TableName)}, {SqlName.Text(each.Sql)})"));
        sql.Append(")\nSELECT 1 FROM (SELECT * FROM planned EXCEPT SELECT type, name, tbl_name, sql FROM sqlite_schema)\nUNION ALL\n");
        sql.Append("SELECT 1 FROM (SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE ");
        sql.AppendJoin(" OR ", texts.Select(static text => $"' ' || lower(sql) || ' ' GLOB '*{Boundary}' || lower({SqlName.Text(Pattern(text))}) || '{Boundary}*'"));
        return sql.Append(" EXCEPT SELECT * FROM planned)").ToString();
    }

    private static bool HasName(string sql, string name)
        => Regex.IsMatch($" {sql} ", Boundary + Regex.Escape(name) + Boundary, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));

    // GLOB takes these characters for more than themselves
    private static string Pattern(string name)
        => string.Concat(name.Select(static c => c is '*' or '?' or '[' ? $"[{c}]" : $"{c}"));

    // inside its quotes a name has them doubled
    private static IEnumerable<string> Spellings(string name) =>
        [name, .. "\"`'".Select(quote => name.Replace($"{quote}", $"{quote}{quote}", StringComparison.Ordinal))];
}
