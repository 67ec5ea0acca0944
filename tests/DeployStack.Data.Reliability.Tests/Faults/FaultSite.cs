namespace DeployStack.Data.Reliability.Faults;

/// <summary>One database whose files go through the shim: counts their calls and breaks the one that was asked for.</summary>
internal sealed class FaultSite : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path;
    private Fault? _fault;
    private int _calls;
    private int _hits;

    private FaultSite(string path) => _path = path;

    /// <summary>Matching calls since the fault was armed.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that were made to fail since then.</summary>
    public int Hits => Volatile.Read(ref _hits);

    /// <summary>Lets the shim stand between SQLite and the files of a database, from their next opening on.</summary>
    public static FaultSite At(string path)
    {
        var site = new FaultSite(Path.GetFullPath(path));
        FaultVfs.Add(site._path, site);
        return site;
    }

    public void Arm(Fault fault)
    {
        lock (_gate)
        {
            _fault = fault;
            _calls = _hits = 0;
        }
    }

    /// <summary>The storage is whole again; the counts stay.</summary>
    public void Disarm()
    {
        lock (_gate)
        {
            _fault = null;
        }
    }

    public void Dispose() => FaultVfs.Remove(_path);

    /// <summary>Which file of this database <paramref name="path"/> is.</summary>
    public DatabaseFiles FileAt(string path) => path[_path.Length..] switch
    {
        "" => DatabaseFiles.Main,
        "-wal" => DatabaseFiles.Log,
        "-journal" => DatabaseFiles.Journal,
        _ => DatabaseFiles.None,
    };

    /// <summary>Counts a call.</summary>
    /// <returns>The fault that it suffers, or <see langword="null"/>.</returns>
    public Fault? Next(FileCalls call, DatabaseFiles file)
    {
        lock (_gate)
        {
            if (_fault is not { } fault || (fault.Calls & call) == FileCalls.None || (fault.Files & file) == DatabaseFiles.None)
            {
                return null;
            }

            _calls++;
            if (fault.At == 0 || _calls < fault.At || (_calls > fault.At && !fault.Persistent))
            {
                return null;
            }

            _hits++;
            return fault;
        }
    }
}
