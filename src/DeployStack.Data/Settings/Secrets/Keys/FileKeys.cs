namespace DeployStack.Data.Settings.Secrets.Keys;

/// <summary>Keys of a file, read again when it changed: before a value is encrypted, and when an id is unknown.</summary>
/// <remarks>A file that is gone stops writing, for its key may be lost; what was read of it still decrypts.</remarks>
internal sealed class FileKeys(string path) : IKeySource
{
    private readonly Lock _gate = new();
    private volatile Content? _content;

    public SecretKey Current() => Fresh().Current;

    public SecretKey? Find(string id) => _content?.Ring.Find(id) ?? Fresh().Find(id);

    private SettingKeyRing Fresh()
    {
        var stamp = Stamp();
        if (_content is { } content && content.Stamp == stamp && stamp.Length >= 0)
        {
            return content.Ring;
        }

        lock (_gate)
        {
            stamp = Stamp(); // before the content: a change in between is seen the next time
            if (_content is not { } current || current.Stamp != stamp || stamp.Length < 0)
            {
                _content = current = new(KeyFile.Read(path), stamp);
            }

            return current.Ring;
        }
    }

    /// <summary>Tells one content from another: a key more is a longer file. Length -1 where there is none.</summary>
    private (DateTime Modified, long Length) Stamp()
    {
        try
        {
            var file = new FileInfo(path);
            file = file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true);
            return file is { Exists: true } ? (file.LastWriteTimeUtc, file.Length) : (default, -1);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // reading it tells why
        {
            return (default, -1);
        }
    }

    private sealed record Content(SettingKeyRing Ring, (DateTime Modified, long Length) Stamp);
}
