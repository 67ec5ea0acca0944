using System.Data.Common;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Tests.Fakes;

/// <summary>A session that makes commands as it is told.</summary>
internal sealed class FakeSession(Func<string, ProviderCommand> commands) : ProviderSession
{
    public override DbConnection Connection => throw new NotSupportedException();

    public override bool IsCurrent => true;

    public override ValueTask<TResult> DispatchAsync<TState, TResult>(Func<TState, ValueTask<TResult>> operation, TState state) => operation(state);

    public override ProviderCommand CreateCommand(string sql) => commands(sql);

    public override ValueTask BeginSavepointAsync() => default;

    public override ValueTask EndSavepointAsync(bool rollBack) => default;
}
