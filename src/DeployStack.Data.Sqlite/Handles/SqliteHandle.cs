using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DeployStack.Data.Sqlite.Errors;
using DeployStack.Data.Sqlite.Handles.Constraints;
using DeployStack.Data.Sqlite.Handles.Principals;
using DeployStack.Data.Sqlite.Interop;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>One open connection with its prepared statements, its session and its watchman. Used by one thread at a time.</summary>
internal sealed unsafe class SqliteHandle : IDisposable
{
    // About 10 to 50 µs of work: often enough for a cancel within milliseconds, too seldom to cost anything.
    private const int OperationsPerCheck = 1000;

    // SQLite maps the wal-index when it first reads, and then unmaps it at close: a mapping made before is left behind, and
    // so is one of a database that has no log.
    private const string FirstRead = "SELECT 1 FROM sqlite_schema LIMIT 1";

    private readonly SqliteSettings _settings;
    private readonly ControlStatements _control;
    private GCHandle _self;

    public SqliteHandle(SqliteConnection connection, ConnectionRole role, SqliteSettings settings)
    {
        Connection = connection;
        Role = role;
        _settings = settings;
        Db = connection.Handle!.DangerousGetHandle(); // the connection outlives every use: Dispose frees statements first
        Statements = new(this, settings.StatementCacheSize);
        Session = new(this);
        _control = new(Db);
        Authorizer = new(Db, settings.Principals);
        Watch = new(Db, Authorizer);
        _self = GCHandle.Alloc(Guard);
        Sqlite3.ProgressHandler(Db, OperationsPerCheck, &OnProgress, GCHandle.ToIntPtr(_self));
        Wal = _control.Run(FirstRead) == Sqlite3.Ok && _control.ReadText("PRAGMA journal_mode") is "wal" ? WalIndex.TryMap(Db) : null;
    }

    public nint Db { get; }

    public SqliteConnection Connection { get; }

    public ConnectionRole Role { get; }

    public StatementCache Statements { get; }

    public SqliteSession Session { get; }

    public RunGuard Guard { get; } = new();

    /// <summary>Confines the statements of principals; installed where there is one.</summary>
    public Authorizer Authorizer { get; }

    /// <summary>Checks what a principal's migration made of the schema.</summary>
    public SchemaWatch Watch { get; }

    /// <summary>The head of the wal-index, or <see langword="null"/> where there is none.</summary>
    public WalIndex? Wal { get; }

    /// <summary>The SQL that runs now or ran last; read by other threads for the lock ledger.</summary>
    public string? CurrentSql { get; private set; }

    /// <summary>The label of the unit that runs now.</summary>
    public string? CurrentLabel { get; set; }

    /// <summary>Whether the unit may have changed the state of the connection: it was lent, or ran a PRAGMA.</summary>
    public bool IsDirty { get; set; }

    /// <summary>Whether statements may run only inside a transaction: after an error that made SQLite roll back, a later
    /// statement of the same unit would commit by itself.</summary>
    public bool RequiresTransaction { get; set; }

    public bool InTransaction => Sqlite3.GetAutocommit(Db) == 0;

    /// <summary>Changes that SQLite has counted and the engine undone, in looking for a violated foreign key.</summary>
    public long UndoneChanges { get; set; }

    /// <summary>SQLite's count of changed rows, without those.</summary>
    public long TotalChanges => Sqlite3.TotalChanges(Db) - UndoneChanges;

    /// <summary>From when on a violated foreign key may be looked for again, in stopwatch ticks.</summary>
    public long NextSearch { get; set; }

    /// <summary>Called by a statement before its first step.</summary>
    public void Enter(SqliteStatement statement)
    {
        CurrentSql = statement.Sql;
        if (Guard.ShouldStopBefore())
        {
            throw Stopped(new(Sqlite3.Interrupt, string.Empty, InTransaction), statement.Sql);
        }

        DemandTransaction(statement.Sql);
        if (statement.Confinement is { ChangesSchema: true } confinement)
        {
            Watch.Before(confinement.Principal);
        }
    }

    /// <summary>Called before anything that would begin a transaction of its own where the unit's is over.</summary>
    public void DemandTransaction(string? sql)
    {
        if (RequiresTransaction && !InTransaction)
        {
            throw new DatabaseException(DatabaseErrorKind.SessionMisuse, "The unit's transaction was rolled back by an earlier error, which the unit caught; no further statement can run in it. Let such errors pass.") { Label = CurrentLabel, Sql = sql, TransactionRolledBack = true };
        }
    }

    /// <summary>Called by a statement after its last step.</summary>
    public void Exit(SqliteStatement statement)
    {
        if (statement.Confinement is { ChangesSchema: true } confinement)
        {
            Watch.After(confinement, CurrentLabel);
        }
    }

    /// <summary>SQLite's count of the changes of the schema.</summary>
    public string? SchemaVersion => _control.ReadText("PRAGMA schema_version");

    /// <summary>Gives a statement back.</summary>
    public void Return(SqliteStatement statement)
    {
        if (statement.MayChangeState)
        {
            IsDirty = true;
        }

        Statements.Returned(statement);
    }

    /// <summary>Runs a statement of the engine's own (BEGIN, COMMIT …), kept prepared.</summary>
    /// <returns>SQLite's extended result code; 0 for success.</returns>
    public int TryRun(string sql) => _control.Run(sql);

    /// <inheritdoc cref="TryRun"/>
    /// <exception cref="DatabaseException">It failed.</exception>
    public void Run(string sql)
    {
        if (TryRun(sql) != Sqlite3.Ok)
        {
            throw Failed(NativeFailure.Read(Db), sql);
        }
    }

    public DatabaseException Error(NativeFailure failure, string? sql) => SqliteErrors.Create(
        failure.Primary,
        failure.Extended,
        failure.Text,
        new ErrorContext
        {
            Sql = sql,
            Label = CurrentLabel,
            IsWrite = Role != ConnectionRole.Reader,
            AutocommitAfter = !failure.InTransaction,
            Path = _settings.Path,
        });

    public Exception Failed(NativeFailure failure, string sql)
        => failure.Primary == Sqlite3.Interrupt && Guard.Reason != StopReason.None ? Stopped(failure, sql)
            : failure.Primary is Sqlite3.Error or Sqlite3.NotAuthorized && Authorizer.TakeDenial() is { } denial ? denial.ToException(sql, CurrentLabel)
            : Error(failure, sql);

    /// <summary>The exception for a failed statement; for a constraint it finds the table and columns.</summary>
    public Exception Failed(NativeFailure failure, SqliteStatement statement)
        => failure.Primary == Sqlite3.Constraint
            ? ConstraintErrors.Describe(this, failure, Error(failure, statement.Sql), statement)
            : Failed(failure, statement.Sql);

    /// <summary>The exception for a run that the guard ended.</summary>
    public Exception Stopped(NativeFailure failure, string? sql) => Guard.Reason switch
    {
        StopReason.Cancelled => new OperationCanceledException(Guard.Token),
        StopReason.Budget => BudgetExceededException.Instance,
        StopReason.Shutdown => new ObjectDisposedException(nameof(IDeployStackDatabase), "The database was disposed while the unit was running; the unit was rolled back."),
        _ => new DatabaseException(DatabaseErrorKind.Timeout, "The unit ran past its deadline and was stopped; nothing of it was kept. Give it a longer Deadline, or make its statements cheaper.")
        {
            NativeErrorCode = failure.Primary,
            NativeExtendedErrorCode = failure.Extended,
            TransactionRolledBack = !failure.InTransaction,
            Label = CurrentLabel,
            Sql = sql,
        },
    };

    public void Dispose()
    {
        Statements.Clear();
        _control.Dispose();
        Authorizer.Dispose();
        if (_self.IsAllocated)
        {
            Sqlite3.ProgressHandler(Db, 0, null, 0);
            _self.Free();
        }

        Connection.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnProgress(nint guard) => ((RunGuard)GCHandle.FromIntPtr(guard).Target!).ShouldStop() ? 1 : 0;
}
