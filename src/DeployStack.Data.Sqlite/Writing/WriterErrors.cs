using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>What units get that the writer does not run.</summary>
internal static class WriterErrors
{
    /// <summary>The error of a unit that cannot run because writes are stopped.</summary>
    public static DatabaseException Refusal(DatabaseException reason, UnitOfWork unit) => new(
        reason.Kind,
        $"Writes are stopped: {reason.Message} Nothing of this unit was written.",
        reason)
    {
        RetryCanSucceed = false,
        Label = unit.Label,
        NativeErrorCode = reason.NativeErrorCode,
        NativeExtendedErrorCode = reason.NativeExtendedErrorCode,
    };

    /// <summary>The error of a unit that waited too long in the queue.</summary>
    public static DatabaseException Expired(UnitOfWork unit, TimeSpan waited, string path, WriterLedger ledger, int waiting)
    {
        var holder = ledger.Holder;
        var foreign = holder is { IsOtherProcess: true };
        return new(
            foreign ? DatabaseErrorKind.Busy : DatabaseErrorKind.Timeout,
            $"The unit waited {waited.TotalSeconds:0.000} s for the writer of '{path}' and was dropped; nothing was written: {ledger.Describe(waiting)}. "
            + (foreign ? "Find the other process, or raise BusyTimeout and the unit's Deadline." : "Shorten the long unit, or raise the unit's Deadline or AcquireTimeout."))
        {
            Label = unit.Label,
            Holder = holder,
            NativeErrorCode = foreign ? Interop.Sqlite3.Busy : 0,
        };
    }
}
