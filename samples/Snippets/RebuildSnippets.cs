using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Rebuild;

namespace DeployStack.Data.Snippets;

/// <summary>The code of "Rebuilding a table" in docs/features/migrations.md.</summary>
public static class RebuildSnippets
{
    public static async Task RebuildAsync(IDeployStackDatabase database)
    {
        // snippet: rebuild-table
        TableRebuildResult result = await database.RebuildTableAsync("teams", t => t
            .RenameColumn("name", "title")
            .ChangeType("age", "INTEGER")
            .DropColumn("legacy")
            .AddColumn("email TEXT NOT NULL DEFAULT ''"));
        Console.WriteLine($"{result.RowsCopied} rows; created again: {string.Join(", ", result.Recreated)}");
        // end snippet
    }

    public static async Task<string> PreviewAsync(IDeployStackDatabase database)
    {
        // snippet: rebuild-preview
        string script = await database.PreviewRebuildAsync("teams", t => t
            .To("CREATE TABLE teams (title TEXT NOT NULL COLLATE NOCASE, id INTEGER PRIMARY KEY) STRICT")
            .RenameColumn("name", "title")
            .DropColumn("legacy"));
        // end snippet
        return script;
    }

    // snippet: rebuild-migration
    public sealed class M0012_TeamTitles : IMigration
    {
        public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
            => await builder.RebuildTableAsync(database, "teams", t => t.RenameColumn("name", "title"), cancellationToken: cancellationToken);
    }
    // end snippet
}
