using DeployStack.Data.Plugins;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Plugins;

/// <summary>Taking a plugin out: what is dropped is what was exported, and nothing is dropped without an export.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class PluginUninstallTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private const string Id = PluginWorld.Id;

    [Fact]
    public async Task Uninstalling_exports_first_and_the_export_brings_everything_back()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        await ApplyAsync(host, PluginWorld.Host);
        var manager = PluginWorld.Manager(host, PluginWorld.First);
        await manager.ApplyAsync();
        await manager.GetDatabase(Id).WriteAsync(static async s =>
        {
            await s.ExecuteAsync("INSERT INTO \"example-plugin_t\" (id, v) VALUES (7, @v)", new { v = "quote ' NUL \0 end" });
            await s.ExecuteAsync("INSERT INTO \"example-plugin_child\" (t) VALUES (7), (1), (NULL)");
            await s.ExecuteAsync("INSERT INTO \"example-plugin_log\" VALUES (@blob)", new { blob = new byte[] { 1, 0, 255 } });
        });
        var before = await DatabaseContent.ReadAsync(host);

        await Assert.ThrowsAsync<ArgumentException>(() => manager.UninstallAsync(Id, new()));
        await Assert.ThrowsAsync<IOException>(() => manager.UninstallAsync(Id, new() { Export = static (_, _) => throw new IOException("the disk is full") }));
        Assert.Equal(before, await DatabaseContent.ReadAsync(host));

        var script = new List<string>();
        var result = await manager.UninstallAsync(Id, new()
        {
            Export = (statement, _) =>
            {
                script.Add(statement);
                return default;
            },
        });
        Assert.Equal((5, 10L), (result.Tables.Count, result.Rows));
        Assert.Equal(0, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'example-plugin\\_%' ESCAPE '\\'"));
        Assert.Equal(PluginState.NotInstalled, Assert.Single(await manager.ListAsync()).State);
        await ThrowsAsync(DatabaseErrorKind.SchemaMissing, () => manager.GetDatabase(Id).ExecuteScalarAsync<long>("SELECT 1"));

        // history and registration are gone with the tables; everything else is what it was
        var replayed = script.Where(static each => each is not ("BEGIN;" or "COMMIT;" or "PRAGMA foreign_keys=OFF;"));
        await host.ExecuteBatchAsync([.. replayed.Select(static each => new SqlStatement(each))], new() { ForeignKeysOff = true });
        static string Own(string content) => string.Join('\n', content.Split('\n').Where(static line => !line.StartsWith("deploystack_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(Own(before), Own(await DatabaseContent.ReadAsync(host)));
    }

    [Fact]
    public async Task Uninstalling_to_a_file_writes_the_file_or_drops_nothing()
    {
        var host = CreateDatabase();
        if (!await PluginWorld.CanConfineAsync(host))
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("deploystack-plugin-");
        try
        {
            var file = Path.Combine(folder.FullName, "export.sql");
            var manager = PluginWorld.Manager(host, PluginWorld.First);
            await manager.ApplyAsync();
            await ApplyAsync(host, "CREATE TABLE hangs_on (t INTEGER REFERENCES \"example-plugin_t\"(id))");
            var refused = await ThrowsAsync(DatabaseErrorKind.NotAuthorized, () => manager.UninstallAsync(Id, new() { ExportFile = file }));
            Assert.Contains("hangs_on", refused.Message, StringComparison.Ordinal);
            Assert.False(File.Exists(file));

            await ApplyAsync(host, "DROP TABLE hangs_on");
            await manager.UninstallAsync(Id, new() { ExportFile = file });
            var script = await File.ReadAllTextAsync(file);
            Assert.Contains("INSERT INTO \"example-plugin_t\" (\"id\", \"v\") VALUES (1, 'one');", script, StringComparison.Ordinal);
            Assert.EndsWith("COMMIT;\n", script, StringComparison.Ordinal);

            Assert.True(Assert.Single(await manager.ApplyAsync()).IsInstalled); // still registered: anew
            await Assert.ThrowsAsync<IOException>(() => manager.UninstallAsync(Id, new() { ExportFile = file })); // never overwritten
            Assert.Equal(2, await host.ExecuteScalarAsync<long>("SELECT count(*) FROM \"example-plugin_t\""));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
