namespace DeployStack.Data.Quickstart.Workload;

/// <summary>What stands in the tables, to be held against what was acknowledged.</summary>
internal sealed record RowCounts(long Heartbeats, long ToolLogs, long ProcessEvents, long Metrics, long Audits, long Jobs, long JobsCompleted, long JobsFailed)
{
    public static Task<RowCounts> ReadAsync(IDeployStackDatabase database, CancellationToken cancellationToken)
        => database.QuerySingleAsync<RowCounts>(
            """
            SELECT (SELECT count(*) FROM satelliteHeartbeats) AS heartbeats,
                   (SELECT count(*) FROM satelliteUsageLogs) AS tool_logs,
                   (SELECT count(*) FROM satelliteProcessEvents) AS process_events,
                   (SELECT coalesce(sum(request_count), 0) FROM mcpClientActivityMetrics) AS metrics,
                   (SELECT count(*) FROM auditLog) AS audits,
                   (SELECT count(*) FROM queueJobs) AS jobs,
                   (SELECT count(*) FROM queueJobs WHERE status = 'completed') AS jobs_completed,
                   (SELECT count(*) FROM queueJobs WHERE status = 'failed') AS jobs_failed
            """,
            options: new() { Label = "row counts" },
            cancellationToken: cancellationToken);

    public RowCounts Since(RowCounts before) => new(
        Heartbeats - before.Heartbeats,
        ToolLogs - before.ToolLogs,
        ProcessEvents - before.ProcessEvents,
        Metrics - before.Metrics,
        Audits - before.Audits,
        Jobs - before.Jobs,
        JobsCompleted - before.JobsCompleted,
        JobsFailed - before.JobsFailed);
}
