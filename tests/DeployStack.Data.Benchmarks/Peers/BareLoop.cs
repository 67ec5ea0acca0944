using System.Text;
using SQLitePCL;

namespace DeployStack.Data.Benchmarks.Peers;

/// <summary>One connection and hand-written prepared statements through SQLitePCLRaw: the least that .NET code can do.</summary>
internal sealed class BareLoop : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private sqlite3_stmt? _upsert;
    private sqlite3_stmt? _upsertGroup;
    private sqlite3_stmt? _find;
    private sqlite3_stmt? _all;

    public BareLoop(string path, bool isFull)
    {
        Batteries_V2.Init();
        var code = raw.sqlite3_open_v2(path, out _db, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        Check(code);
        _ = raw.sqlite3_busy_timeout(_db, 10_000);
        Execute(Pragmas.Tuned(isFull));
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
    }

    public void Execute(string sql) => Check(raw.sqlite3_exec(_db, sql));

    public sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    public void Begin() => Run(_begin);

    public void Commit() => Run(_commit);

    public void Checkpoint() => _ = raw.sqlite3_wal_checkpoint_v2(_db, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);

    public void Upsert(string key, string value, long now) => Write(_upsert ??= Prepare(SampleData.Upsert), key, value, now);

    public void UpsertGroup(string name, string description)
    {
        var statement = _upsertGroup ??= Prepare(SampleData.UpsertGroup);
        Bind(statement, 1, name);
        Bind(statement, 2, description);
        Run(statement);
    }

    public SettingRow Find(string key)
    {
        var statement = _find ??= Prepare(SampleData.Find);
        Bind(statement, 1, key);
        if (raw.sqlite3_step(statement) != raw.SQLITE_ROW)
        {
            throw new InvalidOperationException("The row is missing.");
        }

        var row = Row(statement);
        _ = raw.sqlite3_reset(statement);
        return row;
    }

    public List<SettingRow> All()
    {
        var statement = _all ??= Prepare(SampleData.All);
        var rows = new List<SettingRow>();
        while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
        {
            rows.Add(Row(statement));
        }

        _ = raw.sqlite3_reset(statement);
        return rows;
    }

    public static void Write(sqlite3_stmt statement, string key, string value, long now)
    {
        Bind(statement, 1, key);
        Bind(statement, 2, value);
        _ = raw.sqlite3_bind_int64(statement, 3, now);
        Run(statement);
    }

    public void Dispose()
    {
        _upsert?.Dispose();
        _upsertGroup?.Dispose();
        _find?.Dispose();
        _all?.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _db.Dispose();
    }

    public static void Run(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE)
        {
            throw new InvalidOperationException($"SQLite answered {code}.");
        }
    }

    private static SettingRow Row(sqlite3_stmt statement) => new(
        raw.sqlite3_column_int64(statement, 0),
        raw.sqlite3_column_text(statement, 1).utf8_to_string(),
        raw.sqlite3_column_text(statement, 2).utf8_to_string(),
        raw.sqlite3_column_int64(statement, 3),
        raw.sqlite3_column_int64(statement, 4));

    public static void Bind(sqlite3_stmt statement, int index, string text)
    {
        Span<byte> bytes = stackalloc byte[text.Length * 3];
        _ = raw.sqlite3_bind_text(statement, index, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"SQLite answered {code}: {raw.sqlite3_errmsg(_db).utf8_to_string()}");
        }
    }
}
