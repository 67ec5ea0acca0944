using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>A statement that runs on behalf of a principal.</summary>
/// <param name="Principal">Whose it is.</param>
/// <param name="Sql">Its text, as SQLite gets it.</param>
/// <param name="ChangesSchema">Whether it is CREATE, ALTER, DROP or REINDEX of a migration: SQLite then writes its catalogue,
/// and asks the authorizer about that as about anything else.</param>
/// <param name="Names">The schema that it is judged by; <see langword="null"/> where it could not be read.</param>
internal sealed record Confinement(Principal Principal, string Sql, bool ChangesSchema, SchemaNames? Names)
{
    private static readonly string[] _data = ["SELECT", "VALUES", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE", "EXPLAIN", "PRAGMA"];
    private static readonly string[] _schema = ["CREATE", "ALTER", "DROP", "REINDEX"];
    private static readonly string[] _catalogue = ["sqlite_", "pragma_"];

    /// <summary>Confines a statement.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.NotAuthorized"/>: its first word, or a name in a
    /// statement that changes the schema, is none for a plugin.</exception>
    public static Confinement Of(Principal principal, string sql, SchemaNames? names)
    {
        var keyword = StatementKeyword.First(sql).ToString().ToUpperInvariant();
        if (_data.Contains(keyword, StringComparer.Ordinal))
        {
            return new(principal, sql, ChangesSchema: false, names);
        }

        if (!_schema.Contains(keyword, StringComparer.Ordinal) || !principal.MayChangeSchema)
        {
            throw new Denial(principal, keyword.Length == 0 ? "run a statement without a keyword" : $"run {keyword}").ToException(sql, null);
        }

        foreach (var name in _catalogue)
        {
            if (Principals.Names.Begins(sql, name))
            {
                throw new Denial(principal, $"name anything that begins with '{name}' in {keyword}").ToException(sql, null);
            }
        }

        return new(principal, sql, ChangesSchema: true, names);
    }
}
