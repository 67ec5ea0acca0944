using System.Collections.Concurrent;
using DeployStack.Data.Sqlite.Diagnostics;
using DeployStack.Data.Sqlite.Errors;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Opens connections: the file is checked once, every connection gets its settings once, and they are read back.</summary>
internal sealed class ConnectionFactory(SqliteSettings settings, ILogger logger)
{
    private readonly ConcurrentDictionary<ConnectionRole, PragmaPlan> _plans = new();
    private readonly ConcurrentDictionary<ConnectionRole, IReadOnlyList<EffectiveSetting>> _effective = new();
    private readonly Lock _checking = new();
    private volatile bool _isChecked;

    /// <summary>Opens a connection of the engine's own.</summary>
    /// <exception cref="DatabaseException">It could not be opened, or the file is not what it should be.</exception>
    public SqliteConnection Open(ConnectionRole role)
    {
        Check();
        var connection = new SqliteConnection(ConnectionText(role));
        try
        {
            connection.Open();
            Prepare(connection, role);
            return connection;
        }
        catch (SqliteException exception)
        {
            connection.Dispose();
            throw SqliteErrors.From(exception, new() { Path = settings.Path, IsWrite = role != ConnectionRole.Reader });
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Checks version, path and file; only the first success counts.</summary>
    /// <exception cref="DatabaseException">The database must not be opened.</exception>
    public void Check()
    {
        if (_isChecked)
        {
            return;
        }

        lock (_checking)
        {
            if (!_isChecked)
            {
                SQLitePCL.Batteries_V2.Init();
                StartupGuard.BeforeOpen(settings, logger);
                _isChecked = true;
            }
        }
    }

    /// <summary>The connection string of a role: no pool, which would hand on what the last borrower set.</summary>
    public string ConnectionText(ConnectionRole role) => new SqliteConnectionStringBuilder
    {
        DataSource = settings.Path,
        Mode = role switch
        {
            ConnectionRole.Memory => SqliteOpenMode.Memory,
            ConnectionRole.Reader => SqliteOpenMode.ReadOnly,
            ConnectionRole.Lent when settings.ReadOnly => SqliteOpenMode.ReadOnly,
            _ => SqliteOpenMode.ReadWrite,
        },
        Cache = SqliteCacheMode.Private,
        Pooling = false,
    }.ConnectionString;

    /// <summary>Gives an open connection its settings and reads them back.</summary>
    public void Prepare(SqliteConnection connection, ConnectionRole role)
    {
        Native.SetBusyTimeout(connection, settings.BusyTimeout); // first: what follows may meet a lock
        if (role == ConnectionRole.Memory && !settings.Image.IsEmpty)
        {
            MemoryImage.Load(connection, settings.Image.Span);
        }

        Native.Harden(connection);
        var isNew = role == ConnectionRole.Writer && IsEmpty();
        if (!isNew && role != ConnectionRole.Memory)
        {
            StartupGuard.AfterOpen(connection, settings);
        }

        var plan = PlanOf(role);
        if (role == ConnectionRole.Writer)
        {
            PrepareFile(connection, isNew, plan);
        }

        Native.Execute(connection, plan.Script);
        Report(connection, role, plan);
        settings.OnConnectionOpened?.Invoke(connection);
        if (role is ConnectionRole.Writer or ConnectionRole.Memory && logger.IsEnabled(LogLevel.Information))
        {
            var version = SQLitePCL.raw.sqlite3_libversion().utf8_to_string();
            var mode = Native.ReadText(connection, "PRAGMA journal_mode") ?? string.Empty;
            SqliteLog.Opened(logger, "sqlite_open", settings.Path, version, mode);
        }
    }

    /// <summary>Brings a connection back to its settings after a unit had it in its hands.</summary>
    public void Restore(SqliteConnection connection, ConnectionRole role)
    {
        TemporaryObjects.Drop(connection);
        Native.SetBusyTimeout(connection, settings.BusyTimeout);
        Native.Harden(connection);
        var plan = PlanOf(role);
        Native.Execute(connection, plan.Script);
        Report(connection, role, plan);
    }

    /// <summary>Writes the whole database anew.</summary>
    /// <exception cref="DatabaseException">It failed; the database is as it was.</exception>
    public void Vacuum(SqliteConnection connection)
    {
        try
        {
            Native.Vacuum(connection);
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.From(exception, new() { Path = settings.Path, Sql = "VACUUM", IsWrite = true });
        }
    }

    /// <summary>The newest report of each kind of connection that was opened.</summary>
    public IReadOnlyList<EffectiveSetting> GetEffectiveSettings() => [.. _effective.OrderBy(static pair => pair.Key).SelectMany(static pair => pair.Value)];

    public static long ReadPragma(SqliteConnection connection, string name) => Native.ReadNumber(connection, $"PRAGMA {name}");

    /// <summary>Runs SQLite's <c>quick_check</c>.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.Corrupt"/>, with the first findings.</exception>
    public void QuickCheck(SqliteConnection connection)
    {
        const int Shown = 20;
        IReadOnlyList<string> findings;
        try
        {
            findings = Native.ReadRows(connection, $"PRAGMA quick_check({Shown})");
        }
        catch (SqliteException exception)
        {
            throw SqliteErrors.From(exception, new() { Path = settings.Path }); // too damaged to be checked, or the storage failed
        }

        if (findings is not ["ok"])
        {
            throw new DatabaseException(DatabaseErrorKind.Corrupt, $"The database '{settings.Path}' is damaged; the file is untouched and writes stay stopped. Restore a backup. Findings: {string.Join("; ", findings)}");
        }
    }

    private PragmaPlan PlanOf(ConnectionRole role) => _plans.GetOrAdd(role, static (role, settings) => PragmaPlan.For(settings, role), settings);

    private bool IsEmpty() => new FileInfo(settings.Path) is not { Exists: true, Length: > 0 };

    private void PrepareFile(SqliteConnection connection, bool isNew, PragmaPlan plan)
    {
        foreach (var step in plan.Steps.Where(step => !step.IsRepeatable && (isNew || !step.IsForNewFile)))
        {
            if (!string.Equals(Native.ReadText(connection, $"PRAGMA {step.Name}"), step.Expected, StringComparison.OrdinalIgnoreCase))
            {
                Native.ExecuteWhenFree(connection, $"PRAGMA {step.Name}={step.Value}", settings.BusyTimeout);
            }
        }

        if (isNew)
        {
            StartupGuard.MarkNew(connection);
        }
    }

    private void Report(SqliteConnection connection, ConnectionRole role, PragmaPlan plan)
    {
        var name = role.ToString().ToLowerInvariant();
        var report = new List<EffectiveSetting>(plan.Steps.Count + 3);
        foreach (var step in plan.Steps)
        {
            report.Add(new(name, step.Name, step.Expected, Native.ReadText(connection, $"PRAGMA {step.Name}") ?? string.Empty));
        }

        report.Add(new(name, "busy_timeout", $"{(long)settings.BusyTimeout.TotalMilliseconds}", Native.ReadText(connection, "PRAGMA busy_timeout") ?? string.Empty));
        report.Add(new(name, PragmaPlan.DefensiveName, "1", Native.ReadDefensive(connection) ? "1" : "0"));
        report.Add(new(name, PragmaPlan.AttachLimitName, "0", $"{Native.ReadAttachLimit(connection)}"));
        if (_effective.TryGetValue(role, out var before) && before.SequenceEqual(report))
        {
            return;
        }

        _effective[role] = report;
        foreach (var setting in report.Where(static setting => !setting.IsAsAsked))
        {
            SqliteLog.SettingNotInForce(logger, "sqlite_open", setting.Connection, setting.Name, setting.Asked, setting.Got);
        }
    }
}
