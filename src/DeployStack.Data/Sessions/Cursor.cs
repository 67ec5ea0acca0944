using DeployStack.Data.Mapping;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>An open result that is read row by row.</summary>
internal sealed class Cursor<T>(ProviderCommand command, RowMapper mapper) : IDisposable
{
    private RowMap<T>? _map;

    public T Current { get; private set; } = default!;

    public async ValueTask<bool> MoveAsync()
    {
        if (!await command.ReadAsync().ConfigureAwait(false))
        {
            return false;
        }

        _map ??= mapper.Get<T>(command);
        Current = _map.Map(command.Row);
        return true;
    }

    public void Dispose() => command.Dispose();
}
