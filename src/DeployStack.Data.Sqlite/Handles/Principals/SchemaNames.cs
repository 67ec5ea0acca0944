using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles.Constraints;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>What one principal's statements have to be judged by, of the schema as it stands.</summary>
/// <param name="Tables">Every table, view and virtual-table module: a name among them is no common table expression.</param>
/// <param name="HostTriggers">The host's triggers, without those that the principal's own triggers and views mention.</param>
internal sealed record SchemaNames(HashSet<string> Tables, HashSet<string> HostTriggers)
{
    private const string Objects = "SELECT type, name, sql FROM main.sqlite_schema UNION ALL SELECT type, name, NULL FROM temp.sqlite_schema UNION ALL SELECT 'table', name, NULL FROM pragma_module_list";

    /// <summary>Nothing is known: what depends on it is refused.</summary>
    public static SchemaNames? Read(nint db, PrincipalSet principals, Principal principal)
    {
        if (new SchemaReader(db).Query(Objects) is not { } rows)
        {
            return null;
        }

        var own = rows.Where(row => row[2] is not null && row[0] is "trigger" or "view" && PrincipalRights.Owns(principals, principal, row[1]!)).Select(static row => row[2]!).ToList();
        return new(
            rows.Where(static row => row[0] is "table" or "view").Select(static row => row[1]!).ToHashSet(StringComparer.OrdinalIgnoreCase),
            rows.Where(row => row[0] is "trigger" && row[2] is not null && IsHosts(row[1]!)).Select(static row => row[1]!).ToHashSet(StringComparer.OrdinalIgnoreCase));

        bool IsHosts(string name) => Names.IsPlain(name) && principals.OwnerOf(System.Text.Encoding.UTF8.GetBytes(name)) is null && !own.Exists(sql => Names.Mentions(sql, name));
    }
}
