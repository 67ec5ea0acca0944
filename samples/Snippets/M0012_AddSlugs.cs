using DeployStack.Data.Migrations;

namespace DeployStack.Data.Snippets;

// snippet: migrations-class
public sealed class M0012_AddSlugs : IMigration
{
    public async Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
    {
        builder.AddScript("ALTER TABLE teams ADD COLUMN slug TEXT; CREATE UNIQUE INDEX teams_slug ON teams (slug);");
        foreach (var (id, name) in await database.QueryAsync<(string, string)>("SELECT id, name FROM teams", cancellationToken: cancellationToken))
        {
            builder.Add(new SqlStatement("UPDATE teams SET slug = @slug WHERE id = @id AND name = @name", new { id, name, slug = SlugOf(name) })
            {
                Expectation = StatementExpectation.Affects(1), // somebody may have renamed the team since it was read
            });
        }
    }

    private static string SlugOf(string name) => name.ToLowerInvariant().Replace(' ', '-');
}
// end snippet
