using System.Diagnostics;
using DeployStack.Data.Diagnostics;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Sessions;

/// <summary>One statement on its way through the command pipeline: prepare, bind, run, fetch, tell whoever listens.</summary>
internal readonly struct Operation<TResult>(Session session, string sql, object? parameters, ResultFetch<TResult> fetch)
{
    private readonly Session _session = session;
    private readonly object? _parameters = parameters;
    private readonly ResultFetch<TResult> _fetch = fetch;
    private readonly Activity? _caller = Instrumentation.Caller;

    public string Sql { get; } = string.IsNullOrWhiteSpace(sql) ? throw new ArgumentException("The SQL text is empty.", nameof(sql)) : sql;

    /// <summary>Whether the operation is part of a batch, which has one span for all.</summary>
    public bool IsInBatch { get; init; }

    public ValueTask<TResult> RunAsync()
    {
        var instrumentation = _session.Instrumentation;
        var measured = instrumentation.Start(Sql, _session.Label, _caller, isInBatch: IsInBatch);
        ProviderCommand? command = null;
        var rows = 0L;
        try
        {
            command = _session.Prepare(Sql, _parameters, _fetch.Principal);
            var task = _fetch.RunAsync(command, _session.Mapper, ref rows);
            if (!task.IsCompletedSuccessfully)
            {
                return FinishAsync(task, command, measured);
            }

            var result = task.Result;
            if (_fetch.Keep(result, measured))
            {
                _session.Leave();
                return new(result);
            }

            command.Dispose();
            _session.Leave();
            instrumentation.End(measured, Sql, _session.Label, rows);
            return new(result);
        }
        catch (Exception exception)
        {
            command?.Dispose();
            _session.Leave();
            instrumentation.End(measured, Sql, _session.Label, rows, exception);
            var described = _session.Describe(exception, Sql);
            if (ReferenceEquals(described, exception))
            {
                throw;
            }

            throw described;
        }
    }

    private async ValueTask<TResult> FinishAsync(ValueTask<TResult> task, ProviderCommand command, Instrumentation.Operation measured)
    {
        var instrumentation = _session.Instrumentation;
        try
        {
            var result = await task.ConfigureAwait(false);
            command.Dispose();
            _session.Leave();
            instrumentation.End(measured, Sql, _session.Label, _fetch.Count(result));
            return result;
        }
        catch (Exception exception)
        {
            command.Dispose();
            _session.Leave();
            instrumentation.End(measured, Sql, _session.Label, 0, exception);
            var described = _session.Describe(exception, Sql);
            if (ReferenceEquals(described, exception))
            {
                throw;
            }

            throw described;
        }
    }
}
