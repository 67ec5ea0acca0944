using System.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>What a principal may do, as a function of what SQLite asks: own tables, listed functions, nothing else. Pure.</summary>
internal static class PrincipalRights
{
    private static readonly string[] _catalogue = ["sqlite_master", "sqlite_sequence", "sqlite_stat1", "sqlite_stat3", "sqlite_stat4"];

    /// <param name="principals">Who owns what.</param>
    /// <param name="principal">Whose rights hold.</param>
    /// <param name="changesSchema">Whether the statement itself is a CREATE, ALTER, DROP or REINDEX of a migration, and the
    /// question is not about the inside of a trigger or view.</param>
    /// <param name="action">What is asked.</param>
    /// <param name="first">The callback's third argument.</param>
    /// <param name="second">Its fourth.</param>
    /// <param name="schema">Its fifth: <c>main</c>, <c>temp</c>, or empty where SQLite does not say.</param>
    public static bool Allow(PrincipalSet principals, Principal principal, bool changesSchema, AuthorizerAction action, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> schema)
    {
        if (!schema.IsEmpty && !Ascii.EqualsIgnoreCase(schema, "main"u8))
        {
            // ALTER TABLE RENAME looks for the old name in temporary triggers and views as well
            return changesSchema && (action is AuthorizerAction.Read or AuthorizerAction.Update) && Ascii.EqualsIgnoreCase(first, "sqlite_temp_master"u8);
        }

        switch (action)
        {
            case AuthorizerAction.Select or AuthorizerAction.Recursive:
                return true;
            case AuthorizerAction.Read:
                return Owns(first) || PrincipalFunctions.IsAllowedTable(first) || (changesSchema && (IsCatalogue(first) || Ascii.EqualsIgnoreCase(first, "pragma_quick_check"u8)));
            case AuthorizerAction.Insert or AuthorizerAction.Update or AuthorizerAction.Delete:
                return Owns(first) || (changesSchema && IsCatalogue(first));
            case AuthorizerAction.Function:
                return PrincipalFunctions.IsAllowed(second) || (changesSchema && PrincipalFunctions.IsInternal(second));
            case AuthorizerAction.Pragma:
                return Owns(second) && (PrincipalFunctions.IsAllowedPragma(first) || (changesSchema && Ascii.EqualsIgnoreCase(first, "quick_check"u8)));
            case AuthorizerAction.CreateTable:
                return changesSchema && (Owns(first) || Ascii.EqualsIgnoreCase(first, "sqlite_sequence"u8));
            case AuthorizerAction.DropTable or AuthorizerAction.CreateView or AuthorizerAction.DropView:
                return changesSchema && Owns(first);
            case AuthorizerAction.CreateIndex:
                return changesSchema && Owns(second) && (Owns(first) || IsAutomatic(first));
            case AuthorizerAction.DropIndex or AuthorizerAction.CreateTrigger or AuthorizerAction.DropTrigger:
                return changesSchema && Owns(first) && Owns(second);
            case AuthorizerAction.AlterTable: // its third argument is the schema
                return changesSchema && Ascii.EqualsIgnoreCase(first, "main"u8) && Owns(second);
            case AuthorizerAction.Reindex:
                return changesSchema && (Owns(first) || IsAutomatic(first));
            default:
                return false;
        }

        bool Owns(ReadOnlySpan<byte> name) => PrincipalRights.Owns(principals, principal, name);
    }

    /// <summary>Whether the principal owns what has this name.</summary>
    public static bool Owns(PrincipalSet principals, Principal principal, ReadOnlySpan<byte> name)
        => string.Equals(principals.OwnerOf(name)?.Id, principal.Id, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc cref="Owns(PrincipalSet, Principal, ReadOnlySpan{byte})"/>
    public static bool Owns(PrincipalSet principals, Principal principal, string name)
        => Owns(principals, principal, Encoding.UTF8.GetBytes(name));

    // the index behind a UNIQUE or PRIMARY KEY; REINDEX cannot name one of another table, because no statement of a plugin
    // that changes the schema may name anything that begins with sqlite_
    private static bool IsAutomatic(ReadOnlySpan<byte> index)
        => index.Length > "sqlite_autoindex_".Length && Ascii.EqualsIgnoreCase(index[.."sqlite_autoindex_".Length], "sqlite_autoindex_"u8);

    private static bool IsCatalogue(ReadOnlySpan<byte> table)
    {
        foreach (var name in _catalogue)
        {
            if (table.Length == name.Length && Ascii.EqualsIgnoreCase(table, name))
            {
                return true;
            }
        }

        return false;
    }
}
