using System.Diagnostics;
using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Connections;
using DeployStack.Data.Sqlite.Handles;
using DeployStack.Data.Sqlite.Interop;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>What the writer's thread does with its handle: groups, units that run alone, reads in memory, maintenance.</summary>
internal sealed class WriterCore : IDisposable
{
    private readonly SqliteSettings _settings;
    private readonly Writer _writer;
    private readonly AwaitingUnits _awaiting;
    private readonly ConnectionFactory _factory;
    private readonly Transaction _transaction;
    private readonly WriteGroup _group;
    private readonly UnitRunner _runner;
    private readonly Checkpointer _checkpointer;
    private readonly long _maxGroupTime;
    private readonly Func<TimeSpan, bool> _giveUpBegin;
    private readonly FilePlace _place;
    private readonly LoneUnits _lone;
    private readonly RerunUnits _rerun;
    private bool _disposed;

    public WriterCore(SqliteHandle handle, SqliteSettings settings, Writer writer, AwaitingUnits awaiting, ConnectionFactory factory, Action<bool> makeWay)
    {
        Handle = handle;
        _settings = settings;
        _writer = writer;
        _awaiting = awaiting;
        _factory = factory;
        _transaction = new(handle, settings, writer.Ledger, writer.Commits);
        _runner = new(awaiting.Add);
        _group = new(handle, _transaction, _runner, writer.Ledger);
        _checkpointer = new(handle, settings, makeWay, writer.LongReads, writer.Checkpointed);
        _place = new(handle, settings);
        _lone = new(handle, settings, _transaction, _group);
        _rerun = new(settings, _transaction, _group, _lone);
        _giveUpBegin = writer.GiveUpBegin; // made once, not for each group
        _maxGroupTime = (long)(settings.MaxGroupTime.TotalSeconds * Stopwatch.Frequency);
    }

    public SqliteHandle Handle { get; }

    /// <summary>The most pages that the log had.</summary>
    public long HighestLog => _checkpointer.Highest;

    /// <summary>Why writes have to stop, or <see langword="null"/>.</summary>
    public DatabaseException? Failure { get; private set; }

    /// <summary>Serves what stands first in the queue, and in a group what stands behind it.</summary>
    public void Serve()
    {
        if (!_writer.Queue.TryPeek(out var first))
        {
            return;
        }

        if (first is MaintenanceUnit || !first.IsWrite || NeedsAlone(first))
        {
            if (_writer.Queue.TryDequeue(static (unit, expected) => ReferenceEquals(unit, expected), first, out var unit))
            {
                ServeAlone(unit);
            }
        }
        else if (IsInPlace())
        {
            ServeGroup();
        }

        if (_disposed)
        {
            return; // the maintenance was a reopening: another core serves from now on
        }

        Failure = _rerun.Serve(Failure);

        _writer.Ledger.Released();
        if (Handle.IsDirty)
        {
            _factory.Restore(Handle.Connection, Handle.Role);
            _transaction.Restored();
            Handle.IsDirty = false;
        }

        _checkpointer.AfterGroup();
    }

    public void WhenIdle()
    {
        if (IsInPlace() && !_settings.ReadOnly)
        {
            _checkpointer.WhenIdle();
        }
    }

    public CheckpointResult Checkpoint(bool truncate) => _checkpointer.Run(truncate ? Sqlite3.CheckpointTruncate : Sqlite3.CheckpointPassive);

    /// <summary>Rolls back and fails whatever was under way.</summary>
    public void Abort(Exception exception)
    {
        _transaction.RollBack();
        _writer.Ledger.Released();
        _group.Abort(exception);
    }

    /// <summary>Checks the database as SQLite's <c>quick_check</c> does.</summary>
    /// <exception cref="DatabaseException">It is damaged; nothing more is written, not even by a checkpoint.</exception>
    public void QuickCheck()
    {
        try
        {
            _factory.QuickCheck(Handle.Connection);
        }
        catch (DatabaseException exception)
        {
            Failure = exception;
            throw;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        if (!_settings.ReadOnly && Failure is null)
        {
            if (_settings.OptimizeOnClose)
            {
                _ = Handle.TryRun("PRAGMA optimize"); // advice to the planner: its failure loses nothing
            }

            _checkpointer.WhenIdle();
        }

        Handle.Dispose();
    }

    private static bool Joins(UnitOfWork unit, (WriterCore Core, Durability Level) group)
        => unit is not MaintenanceUnit
            && unit.IsWrite
            && !group.Core.NeedsAlone(unit)
            && (group.Level == Durability.Full || unit.Durability != Durability.Full);

    private bool NeedsAlone(UnitOfWork unit) => unit.RunOnce || unit.ForeignKeysOff || unit.SecureDelete || _awaiting.Contains(unit);

    private void ServeGroup()
    {
        var level = _writer.Queue.WantsFull ? Durability.Full : _transaction.Default;
        if (_transaction.Begin(level, _giveUpBegin) is { } failure)
        {
            if (failure.Primary != Sqlite3.Busy && _writer.Queue.TryDequeue(static (_, _) => true, 0, out var unit))
            {
                unit.Fail(UnitRunner.ForUnit(Handle.Error(failure, "BEGIN IMMEDIATE"), unit));
            }

            return;
        }

        _group.Reset();
        var started = Stopwatch.GetTimestamp();
        do
        {
            if (!_writer.Queue.TryDequeue(Joins, (this, level), out var unit))
            {
                break;
            }

            _group.Run(unit, alone: false);
        }
        while (!_group.IsClosed && _group.Count < _settings.MaxGroupUnits && Stopwatch.GetTimestamp() - started < _maxGroupTime);
        _writer.GroupCommitted?.Invoke(_group.Count);
        Failure ??= _group.Commit();
    }

    private void ServeAlone(UnitOfWork unit)
    {
        _writer.Ledger.HeldBy(Handle, unit.Label);
        switch (unit)
        {
            case MaintenanceUnit maintenance:
                try
                {
                    maintenance.Execute(Handle);
                    _writer.Commits.Committed(); // in memory nobody else would tell of what it did
                    maintenance.Succeed();
                }
                catch (Exception exception) // it goes to the caller who asked for the maintenance
                {
                    maintenance.Fail(exception);
                }

                break;
            case { IsWrite: false }:
                var error = _runner.Run(unit, Handle, mayLend: true).Error;
                Handle.Statements.ReleaseAll();
                unit.End(error);
                break;
            default:
                if (IsInPlace())
                {
                    Failure ??= _lone.Run(unit);
                    _checkpointer.MustEmpty |= unit.SecureDelete;
                }
                else
                {
                    unit.Fail(WriterErrors.Refusal(Failure!, unit)); // it has left the queue: nobody else would tell its caller
                }

                break;
        }
    }

    private bool IsInPlace() => (Failure ??= _place.Check()) is null;
}
