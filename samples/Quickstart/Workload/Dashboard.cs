namespace DeployStack.Data.Quickstart.Workload;

/// <summary>The reads of one page of a team's dashboard, all in one snapshot.</summary>
internal sealed class Dashboard(IDeployStackDatabase database, TimeProvider time)
{
    private static readonly ReadOptions _page = new() { Label = "dashboard" };

    public Task<Page> ReadAsync(long number) => database.ReadAsync(
        static async (session, key) => new Page(
            await session.QueryAsync<SatelliteRow>("SELECT id, status, last_heartbeat FROM satellites WHERE team_id = @team", key),
            await session.QueryAsync<CallRow>("SELECT tool_name, duration_ms, timestamp FROM satelliteUsageLogs WHERE team_id = @team ORDER BY timestamp DESC LIMIT 20", key),
            await session.ExecuteScalarAsync<long>("SELECT coalesce(sum(request_count), 0) FROM mcpClientActivityMetrics WHERE team_id = @team AND bucket_interval = '15m' AND bucket_timestamp >= @since", key),
            await session.ExecuteScalarAsync<long>("SELECT count(*) FROM queueJobs WHERE status = 'pending'")),
        new { team = SampleData.Team(number), since = time.GetUtcNow().ToUnixTimeSeconds() - 3600 },
        _page);

    internal sealed record Page(IReadOnlyList<SatelliteRow> Satellites, IReadOnlyList<CallRow> LastCalls, long RequestsOfLastHour, long WaitingJobs);

    internal sealed record SatelliteRow(string Id, string Status, long? LastHeartbeat);

    internal sealed record CallRow(string ToolName, long DurationMs, long Timestamp);
}
