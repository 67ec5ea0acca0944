using DeployStack.Data.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DeployStack.Data.Reliability.Host;

/// <summary>Starts as an application does, once for each path that it is told on its standard input: opens, migrates,
/// closes. Says <c>committed</c> at each commit, at the end <c>applied identity</c> for each migration that it applied
/// itself, <c>failed …</c>, and <c>done</c>.</summary>
/// <param name="naive">The negative control: decides by a history that it read outside the transaction.</param>
internal sealed class Migrator(bool naive)
{
    public async Task<int> RunAsync()
    {
        Speech.Say("ready");
        while (Console.In.ReadLine() is { } path)
        {
            try
            {
                await (naive ? NaiveAsync(path) : StartAsync(path));
            }
            catch (Exception exception) when (exception is DatabaseException or SqliteException) // reported: the parent expects none
            {
                Speech.Say($"failed {exception.Message.ReplaceLineEndings(" ")}");
            }

            Speech.Say("done");
        }

        return 0;
    }

    private static async Task StartAsync(string path)
    {
        await using var services = Database.Register(path, static options => options.AcquireTimeout = TimeSpan.FromMinutes(1));
        var runner = MigrationRunnerFactory.Create(services.GetRequiredService<IDeployStackDatabase>(), MigrationScripts.Options, logger: new CommitSpeaker());
        foreach (var migration in (await runner.ApplyAsync()).Applied)
        {
            Speech.Say($"applied {migration.Identity}");
        }
    }

    private static async Task NaiveAsync(string path)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, "PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS history (name TEXT PRIMARY KEY)");
        foreach (var (name, sql) in MigrationScripts.All.OrderBy(static script => script.Key, StringComparer.Ordinal))
        {
            if (await ExecuteAsync(connection, $"SELECT count(*) FROM history WHERE name = '{name}'") is 0L)
            {
                await ExecuteAsync(connection, $"BEGIN IMMEDIATE; {sql} INSERT INTO history VALUES ('{name}'); COMMIT");
                Speech.Say($"applied {name[..4]}");
            }
        }
    }

    private static async Task<object?> ExecuteAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private sealed class CommitSpeaker : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name is "MigrationApplied")
            {
                Speech.Say("committed");
            }
        }
    }
}
