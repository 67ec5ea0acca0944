using System.Text;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>The prepared statements of one handle, by SQL text; the least recently used makes room.</summary>
internal sealed class StatementCache(SqliteHandle handle, int capacity)
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly List<SqliteStatement> _uncached = [];
    private long _clock;
    private int _taken;

    /// <summary>Takes the statement for <paramref name="sql"/>, prepared now or earlier.</summary>
    public SqliteStatement Take(string sql)
    {
        if (_entries.TryGetValue(sql, out var entry) && !entry.Statement.InUse)
        {
            entry.LastUse = ++_clock;
            entry.Statement.Take();
            _taken++;
            return entry.Statement;
        }

        // the same text is running already, further up in the same unit; or it is an EXPLAIN, which SQLite does not prepare
        // anew after a change of the schema: it would go on telling the plan of before
        var once = entry is not null || StatementKeyword.First(sql).Equals("EXPLAIN", StringComparison.OrdinalIgnoreCase);
        var statement = Prepare(sql, cached: !once);
        if (!once)
        {
            MakeRoom();
            _entries.Add(sql, new(statement) { LastUse = ++_clock });
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

        foreach (var entry in _entries.Values)
        {
            entry.Statement.Dispose();
        }
    }

    public void Clear()
    {
        ReleaseAll();
        foreach (var entry in _entries.Values)
        {
            entry.Statement.Destroy();
        }

        _entries.Clear();
    }

    private void MakeRoom()
    {
        while (_entries.Count >= capacity)
        {
            var victim = _entries.Where(static pair => !pair.Value.Statement.InUse).MinBy(static pair => pair.Value.LastUse);
            if (victim.Key is null)
            {
                return; // all are in use: the cache grows past its bound for as long as they are
            }

            _entries.Remove(victim.Key);
            victim.Value.Statement.Destroy();
        }
    }

    private unsafe SqliteStatement Prepare(string sql, bool cached)
    {
        StatementGuard.Check(sql);
        var text = ListParameters.Expand(sql, ListParameters.AsJsonArray);
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.AsSpan().Contains((byte)0))
        {
            throw new DatabaseException(DatabaseErrorKind.InvalidSql, "The SQL text holds a NUL character; SQLite would stop reading there. Remove it, or bind the text as a parameter.") { Sql = sql };
        }

        fixed (byte* start = bytes)
        {
            if (start == null)
            {
                throw Empty(sql);
            }

            var code = Sqlite3.Prepare(handle.Db, start, bytes.Length, Sqlite3.PreparePersistent, out var statement, out var tail);
            if (code != Sqlite3.Ok)
            {
                throw handle.Failed(NativeFailure.Read(handle.Db), sql);
            }

            if (statement == 0)
            {
                throw Empty(sql);
            }

            if (HasSecond(tail, start + bytes.Length))
            {
                _ = Sqlite3.Finalize(statement); // it never ran: there is no code to repeat
                throw new DatabaseException(DatabaseErrorKind.InvalidSql, "One statement was asked for and the text holds more. Call once per statement, or use ExecuteBatchAsync.") { Sql = sql };
            }

            return new(handle, statement, sql, cached);
        }
    }

    // What is left behind the first statement counts only if SQLite finds a statement in it: comments do not.
    private unsafe bool HasSecond(byte* tail, byte* end)
    {
        while (tail < end)
        {
            var code = Sqlite3.Prepare(handle.Db, tail, (int)(end - tail), 0, out var statement, out var next);
            if (code != Sqlite3.Ok)
            {
                return true;
            }

            if (statement != 0)
            {
                _ = Sqlite3.Finalize(statement); // it never ran: there is no code to repeat
                return true;
            }

            if (next <= tail)
            {
                return false;
            }

            tail = next;
        }

        return false;
    }

    private static DatabaseException Empty(string sql)
        => new(DatabaseErrorKind.InvalidSql, "The SQL text holds no statement.") { Sql = sql };

    private sealed class Entry(SqliteStatement statement)
    {
        public SqliteStatement Statement { get; } = statement;

        public long LastUse { get; set; }
    }
}
