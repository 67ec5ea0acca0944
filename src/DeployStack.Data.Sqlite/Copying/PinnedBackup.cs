using System.Diagnostics;
using DeployStack.Data.Provider.Copying;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Errors;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace DeployStack.Data.Sqlite.Copying;

/// <summary>SQLite's backup API, step by step (https://www.sqlite.org/c3ref/backup_finish.html).</summary>
/// <remarks>The source is inside a read transaction: without one, SQLite begins again at each commit of another connection
/// and a busy database is never copied.</remarks>
internal static class PinnedBackup
{
    private const int FewestPages = 64;
    private const int MostPages = 2048;

    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan _long = TimeSpan.FromMilliseconds(20); // a cancelled copy ends within two of these

    /// <summary>Copies the whole database; blocks the thread.</summary>
    /// <param name="source">In a transaction that has read, or the only connection of a database in memory.</param>
    /// <param name="destination">A connection that is used for nothing else yet.</param>
    /// <param name="context">What an error is about.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="DatabaseException">A step failed.</exception>
    /// <exception cref="OperationCanceledException">The token fired; the destination is useless.</exception>
    public static void Run(SqliteConnection source, SqliteConnection destination, in ErrorContext context, IProgress<DatabaseCopyProgress>? progress, CancellationToken cancellationToken)
    {
        var pageSize = Native.ReadNumber(source, "PRAGMA page_size");
        var pages = FewestPages;
        int code;
        using (var backup = raw.sqlite3_backup_init(destination.Handle, "main", source.Handle, "main"))
        {
            if (backup.IsInvalid)
            {
                throw Failed(destination, raw.sqlite3_errcode(destination.Handle), context);
            }

            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                var started = Stopwatch.GetTimestamp();
                code = raw.sqlite3_backup_step(backup, pages);
                pages = Next(pages, Stopwatch.GetElapsedTime(started));
                var total = (long)raw.sqlite3_backup_pagecount(backup);
                progress?.Report(new((total - raw.sqlite3_backup_remaining(backup)) * pageSize, total * pageSize));
            }
            while (code == raw.SQLITE_OK);
        }

        if (code != raw.SQLITE_DONE)
        {
            throw Failed(destination, code, context);
        }
    }

    private static int Next(int pages, TimeSpan took)
        => took < _short ? Math.Min(pages * 2, MostPages) : took > _long ? Math.Max(pages / 2, FewestPages) : pages;

    private static DatabaseException Failed(SqliteConnection destination, int code, in ErrorContext context)
        => SqliteErrors.Create(code & 0xff, code, raw.sqlite3_errmsg(destination.Handle).utf8_to_string(), context);
}
