using DeployStack.Data.Diagnostics;

namespace DeployStack.Data.Testing.Recording;

/// <summary>Hands each executed statement to those who listen now.</summary>
internal sealed class SqlRecorder
{
    /// <summary>The label of what the kit itself executes, which nobody wants to see.</summary>
    public const string OwnLabel = "deploystack test kit";

    private readonly Lock _gate = new();
    private volatile Action<QueryEvent>[] _listeners = [];

    public void Add(QueryEvent statement)
    {
        if (string.Equals(statement.Label, OwnLabel, StringComparison.Ordinal))
        {
            return;
        }

        foreach (var listener in _listeners)
        {
            listener(statement);
        }
    }

    public void Listen(Action<QueryEvent> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners, listener];
        }
    }

    public void Leave(Action<QueryEvent> listener)
    {
        lock (_gate)
        {
            _listeners = [.. _listeners.Where(each => each != listener)];
        }
    }
}
