using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Adoption;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Migrations in C#, and the history of another tool, of databases that are validated.</summary>
internal static class Validated
{
    internal sealed class TheirHistory : IMigrationAdoption
    {
        public IReadOnlyCollection<string> Tables => ["their_history"];

        public Task<IReadOnlyList<AdoptedMigration>> FindAsync(
            IDeployStackDatabase database, IReadOnlyList<Migration> migrations, IReadOnlyList<AppliedMigration> applied, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<AdoptedMigration>>([new("0001", DateTimeOffset.UnixEpoch)]);
    }

    internal sealed class ChildFirst : IMigration
    {
        public string Name => "0002_child_first";

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            builder.Add("PRAGMA foreign_keys = OFF").Add("CREATE TABLE members (team_id INTEGER REFERENCES teams)")
                .Add("INSERT INTO members VALUES (7)").Add("INSERT INTO teams (id, name) VALUES (7, 'late')");
            return Task.CompletedTask;
        }
    }

    internal sealed class Commented : IMigration
    {
        public string Name => "0002_commented";

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            builder.Add("CREATE TABLE one (x) -- a note").Add("CREATE TABLE two (x) /* another").Add("CREATE TABLE three (x)");
            return Task.CompletedTask;
        }
    }

    internal sealed class Seeded : IMigration
    {
        public string Name => "0002_labels";

        public Task BuildAsync(MigrationBuilder builder, IDeployStackDatabase database, CancellationToken cancellationToken)
        {
            builder.Add("CREATE TABLE labels (label TEXT NOT NULL)").Add("INSERT INTO labels VALUES (@label)", new { label = "first" });
            return Task.CompletedTask;
        }
    }
}
