namespace DeployStack.Data.Plugins.Storage;

/// <summary>The plugin's part of the migration history.</summary>
internal static class PluginHistory
{
    /// <summary>What its identities begin with.</summary>
    public static string StreamOf(string id) => $"plugin/{PluginId.Stored(id)}/";

    /// <summary>Forgets its migrations: its tables are dropped in the same transaction.</summary>
    public static SqlStatement Delete(string id) => new("DELETE FROM deploystack_migrations WHERE substr(identity, 1, @length) = @stream", new { length = StreamOf(id).Length, stream = StreamOf(id) });
}
