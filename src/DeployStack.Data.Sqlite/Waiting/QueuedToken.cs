using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Waiting;

/// <summary>Drops a waiting unit as soon as its token fires.</summary>
internal sealed class QueuedToken : IDisposable
{
    private readonly UnitQueue _queue;
    private readonly UnitOfWork _unit;
    private CancellationTokenRegistration _registration;

    private QueuedToken(UnitQueue queue, UnitOfWork unit)
    {
        _queue = queue;
        _unit = unit;
    }

    public static QueuedToken Register(UnitQueue queue, UnitOfWork unit)
    {
        var queued = new QueuedToken(queue, unit);
        unit.ProviderState = queued;
        queued._registration = unit.CancellationToken.UnsafeRegister(static state => ((QueuedToken)state!).Cancel(), queued);
        return queued;
    }

    public void Dispose() => _registration.Unregister();

    /// <summary>Drops the unit if it still waits.</summary>
    public void Cancel()
    {
        if (_queue.TryRemove(_unit))
        {
            _unit.Fail(new OperationCanceledException(_unit.CancellationToken));
        }
    }
}
