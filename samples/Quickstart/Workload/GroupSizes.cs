using System.Diagnostics.Metrics;
using DeployStack.Data.Diagnostics;

namespace DeployStack.Data.Quickstart.Workload;

/// <summary>Listens to the library's meter: how many units shared one commit.</summary>
internal sealed class GroupSizes : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _commits;
    private long _units;
    private int _largest;

    public GroupSizes()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == DeployStackDataTelemetry.MeterName && instrument.Name == DeployStackDataTelemetry.GroupSize)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((_, size, _, _) => Add(size));
        _listener.Start();
    }

    public long Commits => Interlocked.Read(ref _commits);

    public long Units => Interlocked.Read(ref _units);

    public int Largest => Volatile.Read(ref _largest);

    public double Mean => Commits == 0 ? 0 : (double)Units / Commits;

    public void Dispose() => _listener.Dispose();

    // commits of one database come one after another, so nobody else changes the maximum meanwhile
    private void Add(int size)
    {
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _units, size);
        Volatile.Write(ref _largest, Math.Max(_largest, size));
    }
}
