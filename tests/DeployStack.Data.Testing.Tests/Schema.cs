using DeployStack.Data.Migrations;
using DeployStack.Data.Settings;

namespace DeployStack.Data.Testing.Tests;

/// <summary>The templates that most tests share, as a user's test project would have them.</summary>
internal static class Schema
{
    public static readonly Setting<string> Greeting = new("test.greeting", "hello");

    public static readonly SettingGroup Group = new("test", "Test") { Settings = [Greeting] };

    /// <summary>The Quickstart's schema and one setting.</summary>
    public static readonly TestDatabaseTemplate Quickstart = TestDatabase.Template(options => options.Configure(builder => builder
        .AddMigrations(typeof(Schema).Assembly)
        .AddSettings(settings => settings.Add(Group))));

    /// <summary>One small table with two rows.</summary>
    public static readonly TestDatabaseTemplate Items = TestDatabase.Template(options => options.Seed(
        "CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, size INTEGER)",
        "CREATE INDEX items_name ON items (name)",
        "INSERT INTO items (name, size) VALUES ('first', 1), ('second', 2)"));

    public static Task<long> CountAsync(this IDeployStackDatabase database, string table = "items")
        => database.QuerySingleAsync<long>($"SELECT count(*) FROM {table}");

    /// <summary>A source of one script.</summary>
    public static void AddScript(this IDeployStackDataBuilder builder, string name, string sql)
        => builder.AddMigrations(options => options.Sources.Add(MigrationSource.FromScripts(new Dictionary<string, string> { [name] = sql })));
}
