using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles.Principals;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>The prepared statements of one handle, by SQL text; the least recently used makes room. The host and each
/// principal have their own: none ever gets a statement that was compiled with the rights of another.</summary>
internal sealed class StatementCache(SqliteHandle handle, int capacity)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<Principal, ConfinedStatements> _confined = [];
    private readonly List<SqliteStatement> _uncached = [];
    private readonly StatementCompiler _compiler = new(handle);
    private long _clock;
    private int _taken;

    /// <summary>Takes the host's statement for <paramref name="sql"/>, prepared now or earlier.</summary>
    public SqliteStatement Take(string sql)
    {
        handle.Authorizer.Install();
        return Take(_entries, sql, null);
    }

    /// <summary>Takes a principal's statement.</summary>
    /// <exception cref="DatabaseException">It is more than the principal may do.</exception>
    public SqliteStatement Take(string sql, Principal principal)
    {
        handle.Authorizer.Admit(principal);
        if (!_confined.TryGetValue(principal, out var confined))
        {
            _confined.Add(principal, confined = new());
        }

        // what a statement was judged by may have changed with the schema
        var version = handle.SchemaVersion;
        if (version is null || !version.Equals(confined.SchemaVersion, StringComparison.Ordinal))
        {
            Forget(confined.Entries);
            confined.SchemaVersion = version;
            confined.Names = handle.Authorizer.ReadNames(principal);
        }

        return Take(confined.Entries, sql, text => Confinement.Of(principal, text, confined.Names));
    }

    /// <summary>A rollback may have undone a change of the schema, whose number is then given again.</summary>
    public void RolledBack()
    {
        foreach (var confined in _confined.Values)
        {
            confined.SchemaVersion = null;
        }
    }

    private SqliteStatement Take(Dictionary<string, Entry> entries, string sql, Func<string, Confinement>? confine)
    {
        if (entries.TryGetValue(sql, out var entry) && !entry.Statement.InUse)
        {
            entry.LastUse = ++_clock;
            entry.Statement.Take();
            _taken++;
            return entry.Statement;
        }

        // the same text is running already, further up in the same unit; or it is an EXPLAIN, which SQLite does not prepare
        // anew after a change of the schema: it would go on telling the plan of before
        var once = entry is not null || StatementKeyword.First(sql).Equals("EXPLAIN", StringComparison.OrdinalIgnoreCase);
        var statement = _compiler.Compile(sql, !once, confine);
        if (!once)
        {
            MakeRoom(entries);
            entries.Add(sql, new(statement) { LastUse = ++_clock });
        }
        else
        {
            _uncached.Add(statement);
        }

        statement.Take();
        _taken++;
        return statement;
    }

    /// <summary>A statement was given back; one that is not cached is freed.</summary>
    public void Returned(SqliteStatement statement)
    {
        _taken--;
        if (!statement.IsCached && _uncached.Remove(statement))
        {
            statement.Destroy();
        }
    }

    /// <summary>Whether a statement was taken and not given back.</summary>
    public bool HasOpen => _taken > 0;

    /// <summary>Ends whatever a unit left running.</summary>
    public void ReleaseAll()
    {
        if (!HasOpen)
        {
            return;
        }

        while (_uncached.Count > 0)
        {
            _uncached[^1].Dispose();
        }

        foreach (var entry in AllEntries())
        {
            entry.Statement.Dispose();
        }
    }

    public void Clear()
    {
        ReleaseAll();
        foreach (var entry in AllEntries())
        {
            entry.Statement.Destroy();
        }

        _entries.Clear();
        _confined.Clear();
    }

    private IEnumerable<Entry> AllEntries() => _confined.Count == 0 ? _entries.Values : _entries.Values.Concat(_confined.Values.SelectMany(static confined => confined.Entries.Values));

    private static void Forget(Dictionary<string, Entry> entries)
    {
        foreach (var (sql, entry) in entries.Where(static pair => !pair.Value.Statement.InUse).ToList())
        {
            entries.Remove(sql);
            entry.Statement.Destroy();
        }
    }

    private void MakeRoom(Dictionary<string, Entry> entries)
    {
        while (entries.Count >= capacity)
        {
            var victim = entries.Where(static pair => !pair.Value.Statement.InUse).MinBy(static pair => pair.Value.LastUse);
            if (victim.Key is null)
            {
                return; // all are in use: the cache grows past its bound for as long as they are
            }

            entries.Remove(victim.Key);
            victim.Value.Statement.Destroy();
        }
    }

    /// <summary>What one principal has prepared, and the schema that it was judged by.</summary>
    private sealed class ConfinedStatements
    {
        public Dictionary<string, Entry> Entries { get; } = new(StringComparer.Ordinal);

        public string? SchemaVersion { get; set; }

        public SchemaNames? Names { get; set; }
    }

    private sealed class Entry(SqliteStatement statement)
    {
        public SqliteStatement Statement { get; } = statement;

        public long LastUse { get; set; }
    }
}
