namespace DeployStack.Data.Sqlite.Reading;

/// <summary>The threads that reads run on: as many as there are readers at most, started when they are needed.</summary>
internal sealed class ReaderThreads(string name, int limit, Action<ReadWork> run) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<ReadWork> _work = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly List<Thread> _threads = [];
    private int _free;
    private bool _closed;

    /// <summary>Queues work. Each piece holds a reader, so there is always a thread for it.</summary>
    public void Run(ReadWork work)
    {
        lock (_gate)
        {
            _work.Enqueue(work);
            if (_free > 0)
            {
                _free--;
            }
            else if (_threads.Count < limit)
            {
                var thread = new Thread(Loop) { IsBackground = true, Name = $"{name} {_threads.Count + 1}" };
                _threads.Add(thread);
                thread.UnsafeStart(); // the context of whoever comes first must not become that of all
            }
        }

        _arrived.Release();
    }

    /// <summary>Ends the threads; the caller has seen to it that no work is left.</summary>
    public void Dispose()
    {
        int count;
        lock (_gate)
        {
            _closed = true;
            count = _threads.Count;
        }

        if (count > 0)
        {
            _arrived.Release(count);
        }

        _threads.ForEach(static thread => thread.Join());
        _arrived.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            _arrived.Wait();
            ReadWork work;
            lock (_gate)
            {
                if (!_work.TryDequeue(out work))
                {
                    if (_closed)
                    {
                        return;
                    }

                    continue;
                }
            }

            run(work);
            lock (_gate)
            {
                _free++;
            }
        }
    }
}
