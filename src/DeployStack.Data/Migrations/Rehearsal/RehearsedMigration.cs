using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>What one migration did to the copy.</summary>
/// <param name="Identity">As in the history.</param>
/// <param name="Name">The words of its file name.</param>
/// <param name="Duration">Of its transaction, from the call to the commit; nobody else was writing.</param>
/// <param name="RowsAffected">The rows that its statements inserted, updated and deleted together; one that was updated twice
/// counts twice. Rows that a trigger or a cascade changed are not counted by every engine.</param>
/// <param name="Rows">The tables whose rows changed, in number or in content; empty without
/// <see cref="RehearsalOptions.CountRows"/>.</param>
/// <param name="Schema">The objects that it added, removed and changed; empty on an engine without
/// <see cref="DatabaseCapabilities.SqliteSchema"/>.</param>
public sealed record RehearsedMigration(
    string Identity,
    string Name,
    TimeSpan Duration,
    long RowsAffected,
    IReadOnlyList<TableRows> Rows,
    IReadOnlyList<SchemaDifference> Schema);
