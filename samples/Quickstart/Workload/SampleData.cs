namespace DeployStack.Data.Quickstart.Workload;

/// <summary>The users, teams, satellites and processes that the workload reports about. What is there already stays.</summary>
internal static class SampleData
{
    public const int Satellites = 100;
    public const int Teams = 10;
    public const int ProcessesPerSatellite = 3;

    public static string User(long number) => $"quickstart-user-{number % Teams:00}";

    public static string Team(long number) => $"quickstart-team-{number % Teams:00}";

    public static string Satellite(long number) => $"quickstart-satellite-{number % Satellites:000}";

    public static string Process(long number) => $"{Satellite(number)}-process-{number / Satellites % ProcessesPerSatellite}";

    /// <summary>One atomic batch.</summary>
    public static async Task CreateAsync(IDeployStackDatabase database, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var teams = Enumerable.Range(0, Teams).SelectMany(number => TeamWithOwner(number, now));
        var satellites = Enumerable.Range(0, Satellites).SelectMany(number => SatelliteWithProcesses(number, now));
        await database.ExecuteBatchAsync([.. teams, .. satellites], new() { Label = "sample data" }, cancellationToken);
    }

    private static IEnumerable<SqlStatement> TeamWithOwner(int number, long now)
    {
        var (id, user) = (Team(number), User(number));
        yield return new(
            """
            INSERT INTO authUser (id, username, email, auth_type, role_id, email_verified)
            VALUES (@user, @user, @email, 'email_signup', 'global_user', 1) ON CONFLICT (id) DO NOTHING
            """,
            new { user, email = $"{user}@example.com" });
        yield return new(
            """
            INSERT INTO teams (id, name, slug, owner_id, is_default, created_at, updated_at)
            VALUES (@id, @id, @id, @user, 1, @now, @now) ON CONFLICT (id) DO NOTHING
            """,
            new { id, user, now });
        yield return new(
            """
            INSERT INTO teamMemberships (id, team_id, user_id, role, joined_at)
            VALUES (@id, @id, @user, 'team_admin', @now) ON CONFLICT (id) DO NOTHING
            """,
            new { id, user, now });
    }

    private static IEnumerable<SqlStatement> SatelliteWithProcesses(int number, long now)
    {
        var id = Satellite(number);
        yield return new(
            """
            INSERT INTO satellites (id, name, satellite_type, team_id, created_by, created_at, updated_at)
            VALUES (@id, @id, 'team', @team, @user, @now, @now) ON CONFLICT (id) DO NOTHING
            """,
            new { id, team = Team(number), user = User(number), now });
        for (var process = 0; process < ProcessesPerSatellite; process++)
        {
            yield return new(
                """
                INSERT INTO satelliteProcesses (id, satellite_id, server_name, status, health_status, updated_at)
                VALUES (@process, @id, @server, 'running', 'healthy', @now) ON CONFLICT (id) DO NOTHING
                """,
                new { process = Process(number + ((long)process * Satellites)), id, server = $"server-{process}", now });
        }
    }
}
