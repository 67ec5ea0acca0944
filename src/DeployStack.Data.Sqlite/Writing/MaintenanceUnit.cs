using DeployStack.Data.Provider;
using DeployStack.Data.Sqlite.Handles;

namespace DeployStack.Data.Sqlite.Writing;

/// <summary>Work of the engine itself that takes its turn in the writer's queue and runs alone, outside a transaction.</summary>
internal abstract class MaintenanceUnit(CancellationToken cancellationToken) : UnitOfWork(null, cancellationToken)
{
    public override bool IsWrite => true;

    public override bool IsOneStatement => false;

    public override object CallSite => GetType();

    /// <summary>Does the work on the writer's thread and keeps the result.</summary>
    public abstract void Execute(SqliteHandle handle);

    public override ValueTask RunAsync(ProviderSession session)
        => throw new InvalidOperationException("Maintenance runs on the handle, not in a session.");

    public override void Abandon()
    {
    }
}
