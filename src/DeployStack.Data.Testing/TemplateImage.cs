namespace DeployStack.Data.Testing;

/// <summary>The content of a template, built once by the first who asks, for all who ask meanwhile.</summary>
internal sealed class TemplateImage(Func<CancellationToken, Task<TemplateContent>> build)
{
    private readonly Lock _gate = new();
    private Building? _current;

    public async Task<TemplateContent> GetAsync(CancellationToken cancellationToken)
    {
        Building building;
        lock (_gate)
        {
            if (_current is null || _current.HasFailed)
            {
                _current = Start();
            }

            building = _current;
            building.Waiting++;
        }

        try
        {
            return await building.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(building);
        }
    }

    private void Leave(Building building)
    {
        lock (_gate)
        {
            if (--building.Waiting > 0 || building.Task.IsCompleted)
            {
                return;
            }

            if (_current == building)
            {
                _current = null;
            }
        }

        building.Stop(); // a seed that hangs must not run on when nobody waits for it
    }

    private Building Start()
    {
        var stop = new CancellationTokenSource(); // without a timer there is nothing in it to dispose
        return new(Task.Run(() => build(stop.Token), CancellationToken.None), stop.Cancel); // apart from the test that came first: its context and its stack
    }

    private sealed class Building(Task<TemplateContent> task, Action stop)
    {
        public Task<TemplateContent> Task => task;

        public int Waiting { get; set; }

        public bool HasFailed => task.IsFaulted || task.IsCanceled;

        public void Stop() => stop();
    }
}
