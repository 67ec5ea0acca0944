using DeployStack.Data.Schema;
using DeployStack.Data.Sqlite.Handles.Constraints;

namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>Looks at what a principal's migration made of the schema, because the authorizer is not told everything: the new
/// name of a table, the parent of a foreign key, the inside of a trigger or view before it is used.</summary>
/// <remarks>What passes here is safe on any connection: a trigger that was compiled within its owner's rights reaches nothing
/// else later, whoever fires it.</remarks>
internal sealed class SchemaWatch(nint db, Authorizer authorizer)
{
    private const string Catalogue = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE name <> 'sqlite_sequence' ORDER BY type, name";
    private const string Parents = "SELECT s.name, k.\"table\" FROM main.sqlite_schema AS s, pragma_foreign_key_list(s.name) AS k WHERE s.type = 'table'";
    private const string Defaults = "SELECT dflt_value FROM pragma_table_xinfo(?1) WHERE dflt_value IS NOT NULL";
    private const string Columns = "SELECT name FROM pragma_table_xinfo(?1) WHERE hidden = 0";

    // names of the key that no definition need mention, and a trigger can be bound to all the same
    private static readonly string[] _rowIds = ["rowid", "_rowid_", "oid"];

    private readonly SchemaReader _reader = new(db);
    private List<string>? _before;
    private Principal? _changedBy;

    /// <summary>Asks about statements without running them.</summary>
    public StatementProbe Probe { get; } = new(db, authorizer);

    /// <summary>Whether a statement of the unit began to change the schema: what it did stands even if it was refused
    /// afterwards.</summary>
    public bool IsTouched => _before is not null;

    /// <summary>A unit begins.</summary>
    public void Begin()
    {
        _before = null;
        _changedBy = null;
    }

    /// <summary>A statement that changes the schema is about to run.</summary>
    public void Before(Principal principal) => _before = Foreign(principal) ?? [];

    /// <summary>It has run.</summary>
    /// <exception cref="DatabaseException">Something that is not the principal's own is not what it was.</exception>
    public void After(Confinement statement, string? label)
    {
        var principal = statement.Principal;
        _changedBy = principal;
        var after = Foreign(principal);
        if (_before is null || after is null || !after.SequenceEqual(_before, StringComparer.Ordinal))
        {
            var name = after is null || _before is null ? "the schema" : $"'{NameOf(after.Except(_before, StringComparer.Ordinal).Concat(_before.Except(after, StringComparer.Ordinal)).First())}'";
            throw new Denial(principal, $"make or change {name}, which is not its own").ToException(statement.Sql, label);
        }
    }

    /// <summary>Judges the whole of what the unit's principal owns, inside its transaction.</summary>
    /// <returns>Why the unit must not be committed, or <see langword="null"/>.</returns>
    public DatabaseException? Verify(string? label)
    {
        if (_changedBy is not { } principal)
        {
            return null;
        }

        _changedBy = null;
        return (ForeignParent(principal) ?? Uncompilable(new Principal(principal.Id, mayChangeSchema: false)))?.ToException(null, label);
    }

    // A reference to a table of somebody else would let the plugin keep that one's rows from being deleted.
    private Denial? ForeignParent(Principal principal)
    {
        if (_reader.Query(Parents) is not { } keys)
        {
            return new(principal, "commit: its foreign keys could not be read");
        }

        var foreign = keys.Find(key => Owns(principal, key[0]!) && !Owns(principal, key[1]!));
        return foreign is null ? null : new(principal, $"reference the table '{foreign[1]}' by a foreign key of '{foreign[0]}'");
    }

    private Denial? Uncompilable(Principal principal)
    {
        if (_reader.Query(Catalogue) is not { } rows)
        {
            return new(principal, "commit: the schema could not be read");
        }

        var names = authorizer.ReadNames(principal);
        foreach (var row in rows.Where(row => row[0] is "table" or "view" && Owns(principal, row[1]!)))
        {
            // SQLite asks nothing about the functions of a default
            if (_reader.Query(Defaults, row[1]!)?.Select(value => CompileDefault(principal, value[0]!, names)).FirstOrDefault(static denial => denial is not null) is { } refused)
            {
                return refused;
            }

            foreach (var probe in Probes(row[1]!, isView: row[0] is "view"))
            {
                if (Compile(new(principal, probe, ChangesSchema: false, names)) is { } denial)
                {
                    return denial;
                }
            }
        }

        return null;
    }

    // Together they compile every trigger of the table or view; none of them is run.
    private IEnumerable<string> Probes(string name, bool isView)
    {
        var quoted = SqlName.Quote(name);
        if (isView)
        {
            yield return $"SELECT * FROM {quoted}";
        }

        yield return $"INSERT INTO {quoted} DEFAULT VALUES";
        yield return $"DELETE FROM {quoted}";
        if (_reader.Query(Columns, name) is { Count: > 0 } columns)
        {
            yield return $"UPDATE {quoted} SET {string.Join(", ", columns.Select(static column => $"{SqlName.Quote(column[0]!)} = NULL"))}";
            foreach (var alias in _rowIds.Where(alias => HasRowId(name) && !columns.Exists(column => alias.Equals(column[0], StringComparison.OrdinalIgnoreCase))))
            {
                yield return $"UPDATE {quoted} SET {alias} = NULL";
            }
        }
    }

    private bool HasRowId(string name) => _reader.Query("SELECT 1 FROM pragma_table_list(?1) WHERE schema = 'main' AND wr = 0", name) is not [];

    private Denial? Compile(Confinement probe)
        => Probe.Ask(probe, out var error) is { } denial ? denial
            : error is null || IsPlainView(error) ? null
            : new(probe.Principal, $"leave a trigger or view that cannot be compiled: {probe.Sql} fails. Everything in it must exist by the end of the migration");

    private Denial? CompileDefault(Principal principal, string value, SchemaNames? names)
        => Probe.Ask(new(principal, $"SELECT {value}", ChangesSchema: false, names), out var error) is { } denial ? denial
            : error is null || IsOneName(value) ? null
            : new(principal, $"leave a default that cannot be compiled by itself: {value}");

    // DEFAULT abc and DEFAULT "abc" are texts
    private static bool IsOneName(string value) => Names.IsPlain(value.Trim('"', '`', '[', ']')) && !value.Contains('(', StringComparison.Ordinal)
        && (value[0] is '"' or '`' or '[' || !value.Contains(' ', StringComparison.Ordinal));

    private static bool IsPlainView(string error) => error.StartsWith("cannot modify ", StringComparison.Ordinal) && error.EndsWith(" because it is a view", StringComparison.Ordinal);

    private List<string>? Foreign(Principal principal) => _reader.Query(Catalogue)
        ?.Where(row => !(Owns(principal, row[2]!) && (Owns(principal, row[1]!) || row[1]!.StartsWith("sqlite_autoindex_", StringComparison.Ordinal))))
        .Select(static row => $"{row[0]}\0{row[1]}\0{row[2]}\0{row[3]}")
        .ToList();

    private static string NameOf(string row) => row.Split('\0')[1];

    private bool Owns(Principal principal, string name) => PrincipalRights.Owns(authorizer.Principals, principal, name);
}
