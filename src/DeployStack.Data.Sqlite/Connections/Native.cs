using System.Diagnostics;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>The few calls that opening and checking need, made on the handle directly: the provider's own command would
/// wait for a lock in sleeps of 150 ms.</summary>
internal static class Native
{
    private const int LimitAttached = 7; // SQLITE_LIMIT_ATTACHED
    private const int ConfigDefensive = 1010; // SQLITE_DBCONFIG_DEFENSIVE
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(5);

    public static void SetBusyTimeout(SqliteConnection connection, TimeSpan timeout)
        => Check(connection, raw.sqlite3_busy_timeout(connection.Handle, (int)timeout.TotalMilliseconds));

    /// <summary>Nothing in the file may write the schema, load code or reach another file.</summary>
    public static void Harden(SqliteConnection connection)
    {
        var handle = connection.Handle;
        Check(connection, raw.sqlite3_db_config(handle, ConfigDefensive, 1, out _));
        Check(connection, raw.sqlite3_enable_load_extension(handle, 0));
        _ = raw.sqlite3_limit(handle, LimitAttached, 0); // returns the limit that stood before
    }

    /// <summary>Writes the whole database anew, for which SQLite attaches a temporary one.</summary>
    public static void Vacuum(SqliteConnection connection)
    {
        _ = raw.sqlite3_limit(connection.Handle, LimitAttached, 1);
        try
        {
            Execute(connection, "VACUUM");
        }
        finally
        {
            _ = raw.sqlite3_limit(connection.Handle, LimitAttached, 0);
        }
    }

    public static bool ReadDefensive(SqliteConnection connection)
    {
        Check(connection, raw.sqlite3_db_config(connection.Handle, ConfigDefensive, -1, out var on));
        return on == 1;
    }

    public static int ReadAttachLimit(SqliteConnection connection) => raw.sqlite3_limit(connection.Handle, LimitAttached, -1);

    public static void Execute(SqliteConnection connection, string sql) => Check(connection, raw.sqlite3_exec(connection.Handle, sql));

    /// <summary>Executes a statement that SQLite may refuse as busy without asking the busy handler (the change of
    /// <c>journal_mode</c> while another process opens the file).</summary>
    public static void ExecuteWhenFree(SqliteConnection connection, string sql, TimeSpan timeout)
    {
        var start = Stopwatch.GetTimestamp();
        using var never = new ManualResetEventSlim();
        int code;
        while (((code = raw.sqlite3_exec(connection.Handle, sql)) & 0xff) == raw.SQLITE_BUSY && Stopwatch.GetElapsedTime(start) < timeout)
        {
            never.Wait(_pause);
        }

        Check(connection, code);
    }

    public static string? ReadText(SqliteConnection connection, string sql) => ReadRows(connection, sql) is [var first, ..] ? first : null;

    public static long ReadNumber(SqliteConnection connection, string sql)
        => long.Parse(ReadText(connection, sql) ?? "0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The first column of all rows, as text.</summary>
    public static IReadOnlyList<string> ReadRows(SqliteConnection connection, string sql)
    {
        Check(connection, raw.sqlite3_prepare_v2(connection.Handle, sql, out var statement));
        using (statement)
        {
            List<string> rows = [];
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                rows.Add(raw.sqlite3_column_text(statement, 0).utf8_to_string() ?? string.Empty);
            }

            if (code != raw.SQLITE_DONE)
            {
                Check(connection, code);
            }

            return rows;
        }
    }

    private static void Check(SqliteConnection connection, int code)
    {
        if (code != raw.SQLITE_OK)
        {
            var extended = raw.sqlite3_extended_errcode(connection.Handle);
            throw new SqliteException(raw.sqlite3_errmsg(connection.Handle).utf8_to_string(), code & 0xff, extended == raw.SQLITE_OK ? code : extended);
        }
    }
}
