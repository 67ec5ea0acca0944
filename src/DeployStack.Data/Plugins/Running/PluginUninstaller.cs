using DeployStack.Data.Plugins.Storage;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Plugins.Running;

/// <summary>Exports and drops in one transaction: no row can come in between.</summary>
internal static class PluginUninstaller
{
    public static async Task<PluginUninstallResult> RunAsync(IDeployStackDatabase database, string id, PluginUninstallOptions options, CancellationToken cancellationToken)
    {
        using var sink = new ExportSink(options);
        try
        {
            var result = await database.WriteAsync(
                static (session, state) => new ValueTask<PluginUninstallResult>(RunAsync(session, state.Sink, state.Id, state.CancellationToken)),
                (Sink: sink, Id: id, CancellationToken: cancellationToken),
                new() { RunOnce = true, Durability = Durability.Full, Label = "plugin uninstall" },
                cancellationToken).ConfigureAwait(false);
            sink.Keep();
            return result;
        }
        catch (DatabaseException error) when (error.OutcomeUnknown) // the tables may be gone
        {
            sink.Keep();
            throw;
        }
    }

    private static async Task<PluginUninstallResult> RunAsync(IWriteSession session, ExportSink sink, string id, CancellationToken cancellationToken)
    {
        var all = await session.QueryAsync<SchemaObject>("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid").ConfigureAwait(false);
        var own = all.Where(each => PluginId.Owns(id, each.TblName)).ToList();
        var tables = own.Where(static each => each.Type is "table").Select(static each => each.Name).ToList();
        await RefuseDependentsAsync(session, id, own).ConfigureAwait(false);

        var export = new PluginExport(session, sink, cancellationToken);
        await export.RunAsync(own).ConfigureAwait(false);
        sink.Flush();

        await session.ExecuteAsync("PRAGMA defer_foreign_keys=ON").ConfigureAwait(false);
        foreach (var each in own.Where(static each => each.Type is "trigger" or "view").Reverse())
        {
            await session.ExecuteAsync($"DROP {each.Type} IF EXISTS {SqlName.Quote(each.Name)}").ConfigureAwait(false); // a view takes its triggers along
        }

        // emptied before the first is dropped: they may reference each other
        foreach (var table in tables)
        {
            await session.ExecuteAsync($"DELETE FROM {SqlName.Quote(table)}").ConfigureAwait(false);
        }

        foreach (var table in tables)
        {
            await session.ExecuteAsync($"DROP TABLE {SqlName.Quote(table)}").ConfigureAwait(false);
        }

        var history = PluginHistory.Delete(id);
        await session.ExecuteAsync(history.Sql, history.Parameters).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM deploystack_plugins WHERE plugin_id = @id", new { id = PluginId.Stored(id) }).ConfigureAwait(false);
        return new(id, tables, export.Rows);
    }

    private static async Task RefuseDependentsAsync(IWriteSession session, string id, List<SchemaObject> own)
    {
        var children = await session.QueryAsync<(string Child, string Parent)>("SELECT s.name, k.\"table\" FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS k WHERE s.type = 'table'").ConfigureAwait(false);
        var dependents = own.Where(each => each.Sql is not null && !PluginId.Owns(id, each.Name)).Select(static each => each.Name)
            .Concat(children.Where(key => PluginId.Owns(id, key.Parent) && !PluginId.Owns(id, key.Child)).Select(static key => key.Child))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (dependents.Count > 0)
        {
            throw new PluginException(DatabaseErrorKind.NotAuthorized, id, $"The plugin '{id}' was not uninstalled: objects of the host hang on its tables ({string.Join(", ", dependents)}). Nothing was exported or dropped. Drop them first.");
        }
    }
}
