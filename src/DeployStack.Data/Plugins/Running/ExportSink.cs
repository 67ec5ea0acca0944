using System.Text;

namespace DeployStack.Data.Plugins.Running;

/// <summary>Where the statements of an export go.</summary>
internal sealed class ExportSink : IDisposable
{
    private readonly Func<string, CancellationToken, ValueTask>? _export;
    private readonly FileStream? _file;
    private readonly StreamWriter? _writer;
    private bool _isKept;

    public ExportSink(PluginUninstallOptions options)
    {
        _export = options.Export;
        if (options.ExportFile is { } path)
        {
            _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _writer = new(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        }
    }

    /// <summary>Takes one statement, with its semicolon. A file is written on the calling thread: the transaction waits anyway.</summary>
    public ValueTask WriteAsync(string statement, CancellationToken cancellationToken)
    {
        if (_export is not null)
        {
            return _export(statement, cancellationToken);
        }

        _writer!.WriteLine(statement);
        return default;
    }

    /// <summary>The export is whole: it goes to the device.</summary>
    public void Flush()
    {
        _writer?.Flush();
        _file?.Flush(flushToDisk: true);
    }

    /// <summary>The tables are gone, or may be: the file stays.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Closes the file, and deletes it where nothing was dropped.</summary>
    public void Dispose()
    {
        if (_file is null)
        {
            return;
        }

        _writer!.Dispose();
        _file.Dispose();
        if (!_isKept)
        {
            File.Delete(_file.Name);
        }
    }
}
