using DeployStack.Data.Diagnostics;
using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>An open result that is read row by row.</summary>
internal sealed class Cursor<T>(ProviderCommand command, RowMapper mapper) : IDisposable
{
    private RowMap<T>? _map;

    public T Current { get; private set; } = default!;

    /// <summary>Rows read so far.</summary>
    public long Rows { get; private set; }

    /// <summary>What ended the reading before its end.</summary>
    public Exception? Error { get; private set; }

    /// <summary>The measurement of the whole statement, from its preparation to its last row.</summary>
    public Instrumentation.Operation Measured { get; set; }

    public async ValueTask<bool> MoveAsync()
    {
        try
        {
            if (!await command.ReadAsync().ConfigureAwait(false))
            {
                return false;
            }

            _map ??= mapper.Get<T>(command);
            Current = _map.Map(command.Row);
            Rows++;
            return true;
        }
        catch (Exception exception) // the statement's measurement tells it, too
        {
            Error = exception;
            throw;
        }
    }

    public void Dispose() => command.Dispose();
}
