namespace DeployStack.Data.Quickstart.Workload;

/// <summary>What satellites report. Each report is one unit of work: it is committed when its task completes.</summary>
internal sealed class SatelliteReports(IDeployStackDatabase database, TimeProvider time)
{
    private static readonly WriteOptions _heartbeat = new() { Label = "heartbeat" };
    private static readonly WriteOptions _toolLog = new() { Label = "tool log" };
    private static readonly WriteOptions _processEvent = new() { Label = "process event" };
    private static readonly WriteOptions _metrics = new() { Label = "metrics" };
    private static readonly WriteOptions _audit = new() { Label = "audit" };

    public Task<int> HeartbeatAsync(long number) => database.WriteAsync(
        static async (session, heartbeat) =>
        {
            await session.ExecuteAsync(
                """
                INSERT INTO satelliteHeartbeats (satellite_id, status, system_metrics, process_count, error_count, timestamp)
                VALUES (@satellite, 'active', @metrics, @processes, 0, @now)
                """,
                heartbeat);
            return await session.ExecuteAsync(
                "UPDATE satellites SET status = 'active', last_heartbeat = @now, updated_at = @now WHERE id = @satellite",
                new { heartbeat.satellite, heartbeat.now });
        },
        new { satellite = SampleData.Satellite(number), metrics = """{"cpu":0.42,"memory":0.63,"disk":0.18}""", processes = SampleData.ProcessesPerSatellite, now = Now() },
        _heartbeat);

    public Task<int> ToolLogAsync(long number) => database.ExecuteAsync(
        """
        INSERT INTO satelliteUsageLogs (satellite_id, team_id, user_id, request_method, tool_name, duration_ms, status_code, timestamp)
        VALUES (@satellite, @team, @user, 'tools/call', @tool, @duration, 200, @now)
        """,
        new { satellite = SampleData.Satellite(number), team = SampleData.Team(number), user = SampleData.User(number), tool = "search_code", duration = number % 900, now = Now() },
        _toolLog);

    public Task<int> ProcessEventAsync(long number) => database.WriteAsync(
        static async (session, report) =>
        {
            await session.ExecuteAsync("UPDATE satelliteProcesses SET health_status = @health, updated_at = @now WHERE id = @process", report);
            return await session.ExecuteAsync(
                "INSERT INTO satelliteProcessEvents (process_id, event, timestamp) VALUES (@process, @health, @now)",
                report);
        },
        new { process = SampleData.Process(number), health = number % 50 == 0 ? "degraded" : "healthy", now = Now() },
        _processEvent);

    public Task<int> MetricsAsync(long number)
    {
        const long QuarterOfAnHour = 15 * 60;
        var now = Now();
        return database.ExecuteAsync(
            """
            INSERT INTO mcpClientActivityMetrics (team_id, satellite_id, bucket_interval, bucket_timestamp, request_count, tool_call_count)
            VALUES (@team, @satellite, '15m', @bucket, 1, @calls)
            ON CONFLICT DO UPDATE SET request_count = request_count + 1, tool_call_count = tool_call_count + excluded.tool_call_count
            """,
            new { team = SampleData.Team(number), satellite = SampleData.Satellite(number), bucket = now - (now % QuarterOfAnHour), calls = number % 4 },
            _metrics);
    }

    public Task<int> AuditAsync(long number) => database.ExecuteAsync(
        "INSERT INTO auditLog (user_id, action, target, timestamp) VALUES (@user, 'mcp_server.start', @process, @now)",
        new { user = SampleData.User(number), process = SampleData.Process(number), now = Now() },
        _audit);

    private long Now() => time.GetUtcNow().ToUnixTimeSeconds();
}
