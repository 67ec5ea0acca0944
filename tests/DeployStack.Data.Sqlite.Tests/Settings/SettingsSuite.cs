using DeployStack.Data.Settings;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Tests.Settings;

/// <summary>Stores over one file, and another connection that goes around them.</summary>
public abstract class SettingsSuite : IAsyncDisposable
{
    private protected static readonly Setting<string> Host = new("smtp.host");
    private protected static readonly Setting<int> Port = new("smtp.port", 587);
    private protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private protected TemporarySqlite Sqlite { get; } = new();

    private protected IDeployStackDatabase Database => Sqlite.Database;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Sqlite.DisposeAsync();
    }

    private protected static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private protected SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Sqlite.Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private protected async Task DropTriggersAsync()
    {
        foreach (var name in await Database.QueryAsync<string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
        {
            await Database.ExecuteAsync($"DROP TRIGGER \"{name}\"");
        }
    }

    private protected ISettingsStore Store(Action<SettingsOptions>? configure = null, TimeProvider? time = null, IDeployStackDatabase? database = null)
    {
        var builder = new SettingsBuilder();
        builder.Add(new SettingGroup("smtp", "Mail") { Settings = [Host, Port] });
        configure?.Invoke(builder.Options);
        return SettingsStoreFactory.Create(database ?? Database, builder, time);
    }
}
