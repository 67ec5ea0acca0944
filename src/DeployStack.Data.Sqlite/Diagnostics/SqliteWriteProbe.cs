using System.Diagnostics;
using System.Globalization;
using DeployStack.Data.Diagnostics;

namespace DeployStack.Data.Sqlite.Diagnostics;

/// <summary>A write that reaches the storage and changes nothing: <c>user_version</c> is set to what it is.</summary>
/// <remarks>SQLite writes the first page for it, whatever the value: one frame of the log and a commit, without a table
/// and without a change of the schema. Read and write are one unit, so nobody's change is overwritten.
/// https://www.sqlite.org/pragma.html#pragma_user_version</remarks>
internal sealed class SqliteWriteProbe : IDatabaseHealthProbe
{
    public string Name => "write";

    public string SystemName => "sqlite";

    public bool Writes => true;

    public async Task<DatabaseHealthFinding> CheckAsync(IDeployStackDatabase database, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var elapsed = Stopwatch.StartNew();
        await database.WriteAsync(
            static async session =>
            {
                var version = await session.ExecuteScalarAsync<int>("PRAGMA user_version").ConfigureAwait(false);
                await session.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version}")).ConfigureAwait(false);
            },
            new() { Deadline = deadline, Label = "health" },
            cancellationToken).ConfigureAwait(false);
        return new(DatabaseHealth.Healthy) { Data = new Dictionary<string, object>(StringComparer.Ordinal) { ["ms"] = elapsed.ElapsedMilliseconds } };
    }
}
