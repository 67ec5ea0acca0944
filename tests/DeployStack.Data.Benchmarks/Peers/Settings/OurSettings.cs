using DeployStack.Data.Settings;

namespace DeployStack.Data.Benchmarks.Peers.Settings;

/// <summary>A database of ours with the store of its settings, initialised.</summary>
internal sealed class OurSettings : IDisposable
{
    private readonly OurDatabase _database;

    public OurSettings(string path, bool isFull, SettingsBuilder declared, bool initializes = true)
    {
        _database = new(path, isFull);
        Store = Open(declared);
        if (initializes)
        {
            Store.InitializeAsync().GetAwaiter().GetResult();
        }
    }

    public ISettingsStore Store { get; }

    public IDeployStackDatabase Database => _database.Database;

    /// <summary>Another store on the same database, as a second part of an application would have it.</summary>
    public ISettingsStore Open(SettingsBuilder declared) => SettingsStoreFactory.Create(_database.Database, declared);

    public void Checkpoint() => _database.Checkpoint();

    /// <summary>Executes statements beside the store, and lets it take notice.</summary>
    public void Reset(string sql)
    {
        foreach (var each in sql.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Database.ExecuteAsync(each, options: new WriteOptions { WithoutAdvice = true }).GetAwaiter().GetResult();
        }

        Checkpoint();
        GC.KeepAlive(Store.GetSnapshotAsync().AsTask().GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        (Store as IDisposable)?.Dispose();
        _database.Dispose();
    }
}
