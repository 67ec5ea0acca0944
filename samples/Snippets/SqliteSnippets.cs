using System.Data.Common;
using Dapper;
using DeployStack.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace DeployStack.Data.Snippets;

/// <summary>The code of docs/features/sqlite.md.</summary>
public static class SqliteSnippets
{
    public static void Register(IServiceCollection services)
    {
        // snippet: sqlite-register
        services.AddDeployStackSqlite(); // persistent_data/database/deploystack.db, or what SQLITE_DB_PATH names

        services.AddDeployStackSqlite("audit", options =>
        {
            options.Path = "data/audit.db";
            options.Profile = SqliteProfile.Durable; // an acknowledged write survives a power cut
            options.Pragmas.MmapSize = 64L << 20;
        });
        // end snippet
    }

    public static async Task AskAsync(ISqliteEngine engine)
    {
        // snippet: sqlite-engine
        foreach (var setting in await engine.GetEffectiveSettingsAsync())
        {
            Console.WriteLine($"{setting.Connection}.{setting.Name}: asked {setting.Asked}, got {setting.Got}");
        }

        var statistics = await engine.GetStatisticsAsync();
        Console.WriteLine($"{statistics.FileSize} bytes in {statistics.PageCount} pages, log {statistics.WalSize} bytes");

        var writer = engine.GetWriterStatus();
        Console.WriteLine(writer.IsHeld ? $"held by {writer.Label} for {writer.HeldFor}, {writer.QueueLength} wait" : "free");
        // end snippet
    }

    public static async Task<int> LendAsync(DbDataSource dataSource)
    {
        // snippet: sqlite-lend
        await using var connection = await dataSource.OpenConnectionAsync();
        var names = await connection.QueryAsync<string>("SELECT name FROM teams");
        // end snippet
        return names.Count();
    }
}
