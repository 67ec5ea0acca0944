using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DeployStack.Data.Sqlite.Interop;

/// <summary>The C functions of SQLite that the hot path calls on handles that Microsoft.Data.Sqlite opened.</summary>
/// <remarks>Only blittable arguments, so that a call costs what it costs in C. <c>SuppressGCTransition</c> stands on
/// calls of well under a microsecond only, never on one that may do I/O: it would hold up the collector.
/// https://www.sqlite.org/c3ref/funclist.html</remarks>
[SuppressMessage("Interoperability", "CA1401", Justification = "The class is internal; its members follow SQLite's names.")]
internal static unsafe class Sqlite3
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Busy = 5;
    public const int Interrupt = 9;
    public const int Constraint = 19;
    public const int NotAuthorized = 23;
    public const int Row = 100;
    public const int Done = 101;
    public const int IoErrorFsync = 1034;
    public const int IoErrorDirectoryFsync = 1290;
    public const int ConstraintForeignKey = 787;

    public const int StatusDeferredForeignKeys = 10;
    public const int ControlFilePointer = 7;
    public const int ControlHasMoved = 20;
    public const int StatementSteps = 4;
    public const int StatementReprepared = 5;
    public const int StatementRuns = 6;
    public const uint PreparePersistent = 1;
    public const int CheckpointPassive = 0;
    public const int CheckpointTruncate = 3;

    /// <summary>SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.</summary>
    public static readonly nint Transient = -1;

    private const string Library = "e_sqlite3";

    static Sqlite3() => NativeLibrary.SetDllImportResolver(typeof(Sqlite3).Assembly, Resolve);

    [DllImport(Library, EntryPoint = "sqlite3_prepare_v3", ExactSpelling = true)]
    public static extern int Prepare(nint db, byte* sql, int length, uint flags, out nint statement, out byte* tail);

    [DllImport(Library, EntryPoint = "sqlite3_step", ExactSpelling = true)]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset", ExactSpelling = true)]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_finalize", ExactSpelling = true)]
    public static extern int Finalize(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_clear_bindings", ExactSpelling = true)]
    public static extern int ClearBindings(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null", ExactSpelling = true), SuppressGCTransition]
    public static extern int BindNull(nint statement, int index);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64", ExactSpelling = true), SuppressGCTransition]
    public static extern int BindInt64(nint statement, int index, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_double", ExactSpelling = true), SuppressGCTransition]
    public static extern int BindDouble(nint statement, int index, double value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text", ExactSpelling = true), SuppressGCTransition]
    public static extern int BindShortText(nint statement, int index, byte* value, int length, nint destructor);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text", ExactSpelling = true)]
    public static extern int BindText(nint statement, int index, byte* value, int length, nint destructor);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob", ExactSpelling = true)]
    public static extern int BindBlob(nint statement, int index, byte* value, int length, nint destructor);

    [DllImport(Library, EntryPoint = "sqlite3_bind_zeroblob", ExactSpelling = true)]
    public static extern int BindZeroBlob(nint statement, int index, int length);

    [DllImport(Library, EntryPoint = "sqlite3_bind_parameter_count", ExactSpelling = true), SuppressGCTransition]
    public static extern int BindParameterCount(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_parameter_name", ExactSpelling = true), SuppressGCTransition]
    public static extern byte* BindParameterName(nint statement, int index);

    [DllImport(Library, EntryPoint = "sqlite3_column_count", ExactSpelling = true), SuppressGCTransition]
    public static extern int ColumnCount(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_column_name", ExactSpelling = true)]
    public static extern byte* ColumnName(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_text", ExactSpelling = true), SuppressGCTransition]
    public static extern byte* ColumnText(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_value", ExactSpelling = true), SuppressGCTransition]
    public static extern nint ColumnValue(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_value_type", ExactSpelling = true), SuppressGCTransition]
    public static extern int ValueType(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_int64", ExactSpelling = true), SuppressGCTransition]
    public static extern long ValueInt64(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_double", ExactSpelling = true), SuppressGCTransition]
    public static extern double ValueDouble(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_text", ExactSpelling = true), SuppressGCTransition]
    public static extern byte* ValueText(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_blob", ExactSpelling = true), SuppressGCTransition]
    public static extern byte* ValueBlob(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_bytes", ExactSpelling = true), SuppressGCTransition]
    public static extern int ValueBytes(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_stmt_readonly", ExactSpelling = true), SuppressGCTransition]
    public static extern int StatementReadOnly(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_stmt_status", ExactSpelling = true), SuppressGCTransition]
    public static extern int StatementStatus(nint statement, int counter, int reset);

    [DllImport(Library, EntryPoint = "sqlite3_changes64", ExactSpelling = true), SuppressGCTransition]
    public static extern long Changes(nint db);

    [DllImport(Library, EntryPoint = "sqlite3_total_changes64", ExactSpelling = true), SuppressGCTransition]
    public static extern long TotalChanges(nint db);

    [DllImport(Library, EntryPoint = "sqlite3_last_insert_rowid", ExactSpelling = true), SuppressGCTransition]
    public static extern long LastInsertRowId(nint db);

    [DllImport(Library, EntryPoint = "sqlite3_set_last_insert_rowid", ExactSpelling = true)]
    public static extern void SetLastInsertRowId(nint db, long row);

    [DllImport(Library, EntryPoint = "sqlite3_get_autocommit", ExactSpelling = true), SuppressGCTransition]
    public static extern int GetAutocommit(nint db);

    [DllImport(Library, EntryPoint = "sqlite3_extended_errcode", ExactSpelling = true), SuppressGCTransition]
    public static extern int ExtendedErrorCode(nint db);

    [DllImport(Library, EntryPoint = "sqlite3_errmsg", ExactSpelling = true)]
    public static extern byte* ErrorMessage(nint db);

    [DllImport(Library, EntryPoint = "sqlite3_db_status", ExactSpelling = true)]
    public static extern int DatabaseStatus(nint db, int op, out int current, out int highest, int reset);

    [DllImport(Library, EntryPoint = "sqlite3_busy_timeout", ExactSpelling = true)]
    public static extern int BusyTimeout(nint db, int milliseconds);

    [DllImport(Library, EntryPoint = "sqlite3_progress_handler", ExactSpelling = true)]
    public static extern void ProgressHandler(nint db, int operations, delegate* unmanaged[Cdecl]<nint, int> handler, nint argument);

    [DllImport(Library, EntryPoint = "sqlite3_set_authorizer", ExactSpelling = true)]
    public static extern int SetAuthorizer(nint db, delegate* unmanaged[Cdecl]<nint, int, byte*, byte*, byte*, byte*, int> authorizer, nint argument);

    [DllImport(Library, EntryPoint = "sqlite3_wal_checkpoint_v2", ExactSpelling = true)]
    public static extern int WalCheckpoint(nint db, byte* schema, int mode, out int logFrames, out int checkpointedFrames);

    [DllImport(Library, EntryPoint = "sqlite3_file_control", ExactSpelling = true)]
    public static extern int FileControl(nint db, byte* schema, int op, void* argument);

    // The provider may have been set up with another bundle (a system SQLite, an encrypting build): the process must
    // never hold two copies of SQLite, so the library that SQLitePCLRaw loaded is the one that is called here.
    private static nint Resolve(string name, System.Reflection.Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (!string.Equals(name, Library, StringComparison.Ordinal))
        {
            return 0;
        }

        SQLitePCL.Batteries_V2.Init();
        return NativeLibrary.Load(SQLitePCL.raw.GetNativeLibraryName(), typeof(SQLitePCL.raw).Assembly, searchPath);
    }

    /// <summary>A text that SQLite owns, up to its terminating NUL.</summary>
    public static string ToText(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? string.Empty;
}
