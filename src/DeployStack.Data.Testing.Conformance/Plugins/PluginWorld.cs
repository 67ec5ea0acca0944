using DeployStack.Data.Plugins;
using DeployStack.Data.Testing.Conformance.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>A database of a host with two plugins, and what a test needs of it.</summary>
internal static class PluginWorld
{
    public const string Id = "example-plugin";

    /// <summary>What the host has: tables, a view, an index, triggers, names that look like the plugin's.</summary>
    public static readonly string[] Host =
    [
        "CREATE TABLE core (id INTEGER PRIMARY KEY, secret TEXT)",
        "CREATE INDEX core_secret ON core(secret)",
        "CREATE VIEW core_view AS SELECT secret FROM core",
        "CREATE TABLE core_audit (what TEXT)",
        "CREATE TRIGGER core_trigger AFTER INSERT ON core BEGIN INSERT INTO core_audit VALUES ('core'); END",
        "CREATE TABLE \"example-pluginX_t\" (v TEXT)",
        "CREATE TABLE \"example-plugin\" (v TEXT)",
        "CREATE TABLE \"example-plugın_t\" (v TEXT)", // a dotless i
        "CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)",
        "INSERT INTO core VALUES (1, 'the secret'), (2, 'another')",
        "INSERT INTO counted DEFAULT VALUES",
    ];

    public static readonly (string Name, string Sql) First = ("0001_tables.sql", """
        CREATE TABLE "example-plugin_t" (id INTEGER PRIMARY KEY, v TEXT NOT NULL DEFAULT 'x' CHECK (length(v) < 100), n INTEGER AS (length(v)) STORED);
        CREATE TABLE "example-plugin_child" (id INTEGER PRIMARY KEY AUTOINCREMENT, t INTEGER REFERENCES "example-plugin_t"(id) ON DELETE CASCADE);
        CREATE UNIQUE INDEX "example-plugin_v" ON "example-plugin_t"(v) WHERE id > 0;
        CREATE VIEW "example-plugin_view" AS SELECT v FROM "example-plugin_t";
        CREATE TABLE "example-plugin_log" (what TEXT);
        CREATE TABLE "example-plugin_twin" (id INTEGER PRIMARY KEY, secret TEXT);
        CREATE TABLE "example-plugin_schema" (type TEXT, name TEXT, tbl_name TEXT, rootpage INT, sql TEXT);
        CREATE TRIGGER "example-plugin_trigger" AFTER INSERT ON "example-plugin_t" BEGIN INSERT INTO "example-plugin_log" VALUES (new.v); END;
        INSERT INTO "example-plugin_t" (id, v) VALUES (1, 'one'), (2, 'two');
        """);

    private static readonly (string Name, string Sql) _other = ("0001_other.sql", """
        CREATE TABLE other_t (value TEXT);
        CREATE VIEW other_v AS SELECT value FROM other_t;
        INSERT INTO other_t VALUES ('other');
        """);

    /// <summary>Declares both plugins, the first with the given migrations.</summary>
    public static void Declare(IDeployStackDataBuilder builder, params (string Name, string Sql)[] migrations)
        => builder
            .AddPlugin(Id, plugin => plugin.AddMigrations(Scripts.Source(migrations)))
            .AddPlugin("other", static plugin => plugin.AddMigrations(Scripts.Source(_other)));

    public static IPluginManager ManagerOf(IServiceProvider services) => services.GetRequiredService<IPluginManager>();

    /// <summary>A manager of the first plugin alone, with the given migrations.</summary>
    public static IPluginManager Manager(IDeployStackDatabase host, params (string Name, string Sql)[] migrations)
        => PluginManagerFactory.Create(host, new PluginsBuilder().Add(Id, plugin => plugin.AddMigrations(Scripts.Source(migrations))));

    /// <summary>Whether the engine has principals. Where it has none, first makes sure that plugins are refused, and that
    /// nothing of them was run.</summary>
    public static async Task<bool> CanConfineAsync(IDeployStackDatabase host)
    {
        if (host.Capabilities.Principals)
        {
            return true;
        }

        var manager = Manager(host, First);
        Assert.Equal(PluginState.NotInstalled, Assert.Single(await manager.ListAsync()).State);
        var refusals = new[]
        {
            await Assert.ThrowsAnyAsync<DatabaseException>(() => manager.ApplyAsync()),
            await Assert.ThrowsAnyAsync<DatabaseException>(() => manager.UninstallAsync(Id, new() { ExportFile = "never.sql" })),
            await Assert.ThrowsAnyAsync<DatabaseException>(() => manager.GetDatabase(Id).QueryAsync<long>("SELECT 1")),
        };
        Assert.All(refusals, static refusal => Assert.Equal(DatabaseErrorKind.NotSupported, refusal.Kind));
        Assert.Equal(0, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'example-plugin%'"));
        return false;
    }
}
