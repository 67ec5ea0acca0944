using DeployStack.Data.Migrations;
using DeployStack.Data.Migrations.Adoption;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Migrations in C#, and the history of another tool, of databases that are validated.</summary>
internal static class Validated
{
    public static readonly Written ChildFirst = new("0002_child_first", static builder => builder
        .Add("PRAGMA foreign_keys = OFF").Add("CREATE TABLE members (team_id INTEGER REFERENCES teams)")
        .Add("INSERT INTO members VALUES (7)").Add("INSERT INTO teams (id, name) VALUES (7, 'late')"));

    public static readonly Written Commented = new("0002_commented", static builder => builder
        .Add("CREATE TABLE one (x) -- a note").Add("CREATE TABLE two (x) /* another").Add("CREATE TABLE three (x)"));

    public static readonly Written Seeded = new("0002_labels", static builder => builder
        .Add("CREATE TABLE labels (label TEXT NOT NULL)").Add("INSERT INTO labels VALUES (@label)", new { label = "first" }));

    internal sealed class TheirHistory : IMigrationAdoption
    {
        public IReadOnlyCollection<string> Tables => ["their_history"];

        public Task<IReadOnlyList<AdoptedMigration>> FindAsync(
            IDeployStackDatabase database, IReadOnlyList<Migration> migrations, IReadOnlyList<AppliedMigration> applied, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyList<AdoptedMigration>>([new("0001", DateTimeOffset.UnixEpoch)]);
    }
}
