using System.Diagnostics;
using DeployStack.Data.Diagnostics;

namespace DeployStack.Data.Hosting.Health;

/// <summary>A write for any engine: a batch that creates a table, fills it and is rolled back, so that it leaves nothing.</summary>
/// <remarks>It shows that the engine takes and executes writes. Whether its storage does is known to the engine alone,
/// which therefore may bring a probe of its own that is used instead.</remarks>
internal sealed class RolledBackWriteProbe : IDatabaseHealthProbe
{
    private static readonly SqlStatement[] _batch =
    [
        new("CREATE TABLE deploystack_health_probe (id INTEGER NOT NULL)"),
        new("INSERT INTO deploystack_health_probe (id) VALUES (1)"),
        new("SELECT id FROM deploystack_health_probe") { Expectation = StatementExpectation.NoRows },
    ];

    public string Name => "write";

    public bool Writes => true;

    public async Task<DatabaseHealthFinding> CheckAsync(IDeployStackDatabase database, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
        try
        {
            await database.ExecuteBatchAsync(_batch, new() { Deadline = deadline, Label = "health" }, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabaseException exception) when (exception.Kind == DatabaseErrorKind.ExpectationFailed) // the plan: the row was there, and all is undone
        {
            return new(DatabaseHealth.Healthy) { Data = new Dictionary<string, object>(StringComparer.Ordinal) { ["ms"] = elapsed.ElapsedMilliseconds } };
        }

        return new(DatabaseHealth.Unhealthy, "A row that was written in a batch was not there in the same batch.");
    }
}
