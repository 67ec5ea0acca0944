namespace DeployStack.Data.Snippets;

/// <summary>The code of README.md; a test compares each region with the page.</summary>
public static class ReadmeSnippets
{
    public static async Task UseAsync(IDeployStackDatabase database, long teamId, long userId)
    {
        // snippet: readme-use
        // one transaction; the task completes only after COMMIT, an exception rolls everything back
        await database.WriteAsync(async session =>
        {
            await session.ExecuteAsync("UPDATE teams SET members = members + 1 WHERE id = @teamId", new { teamId });
            await session.ExecuteAsync("INSERT INTO team_members (team_id, user_id) VALUES (@teamId, @userId)", new { teamId, userId });
        });

        // one snapshot; it neither blocks the writer nor waits for it
        var teams = await database.QueryAsync<Team>("SELECT id, name, members FROM teams ORDER BY name");
        // end snippet
        Console.WriteLine(teams.Count);
    }

    public sealed record Team(long Id, string Name, int Members);
}
