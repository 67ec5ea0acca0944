using DeployStack.Data.Migrations.Rebuild;
using Xunit;

namespace DeployStack.Data.Testing.Conformance.Migrations.Rebuild;

/// <summary>Rebuilding a table keeps everything around it, or is refused and changes nothing.</summary>
/// <param name="fixture">The provider under test.</param>
public abstract class RebuildTests(ConformanceFixture fixture) : ConformanceSuite(fixture)
{
    private static readonly Dictionary<string, RebuildCase> _cases =
        ColumnCases.All.Concat(DependentCases.All).Concat(KeyCases.All).Concat(ConstraintCases.All).Concat(RefusalCases.All)
            .ToDictionary(static each => each.Name, StringComparer.Ordinal);

    /// <summary>The names of all cases.</summary>
    public static TheoryData<string> Cases { get; } = [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_rebuild_keeps_what_is_there_or_is_refused(string name)
    {
        var rebuild = _cases[name];
        var database = CreateDatabase();
        if (!database.Capabilities.SqliteSchema)
        {
            await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.RebuildTableAsync(rebuild.Table, rebuild.Change));
            return;
        }

        await Scripts.Runner(database, ("0001_case.sql", rebuild.Script)).ApplyAsync();
        var before = await Content.ReadAsync(database);
        var whole = await DatabaseContent.ReadAsync(database);
        if (rebuild.IsReferenced && !database.Capabilities.ForeignKeysOff && rebuild.Refused.Length == 0)
        {
            var refusal = await ThrowsAsync(DatabaseErrorKind.NotSupported, () => database.RebuildTableAsync(rebuild.Table, rebuild.Change, rebuild.Options));
            Assert.All(before.ChildrenOf(rebuild.Table), child => Assert.Contains(child, refusal.Message, StringComparison.Ordinal));
            Assert.Equal(whole, await DatabaseContent.ReadAsync(database));
        }
        else if (rebuild.Refused.Length > 0)
        {
            var refusal = await Assert.ThrowsAnyAsync<DatabaseException>(() => database.RebuildTableAsync(rebuild.Table, rebuild.Change, rebuild.Options));
            Assert.All(rebuild.Refused, part => Assert.Contains(part, refusal.Message, StringComparison.Ordinal));
            Assert.Contains("Nothing was changed.", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(whole, await DatabaseContent.ReadAsync(database));
        }
        else
        {
            await RebuildAsync(database, rebuild, before);
        }
    }

    private static async Task RebuildAsync(IDeployStackDatabase database, RebuildCase rebuild, Content before)
    {
        var table = before.Tables.Keys.Single(name => string.Equals(name, rebuild.Table, StringComparison.OrdinalIgnoreCase));
        var kept = rebuild.Kept ?? string.Join(", ", before.ColumnsOf(table));
        var rows = rebuild.Rows is null ? await Content.RowsAsync(database, table, kept) : [.. rebuild.Rows.Order(StringComparer.Ordinal)];
        var result = await database.RebuildTableAsync(rebuild.Table, rebuild.Change, rebuild.Options);
        var after = await Content.ReadAsync(database);

        Assert.Equal((table, (long)before.Tables[table].Count), (result.Table, result.RowsCopied));
        Assert.Equal(rows, rebuild.Rows is null ? await Content.RowsAsync(database, table, rebuild.KeptAfter ?? kept) : after.Tables[table], StringComparer.Ordinal);
        Assert.Equal(Expected(rebuild, table, before), after.Objects.OrderBy(static each => each.Key, StringComparer.Ordinal));
        foreach (var other in before.Tables.Keys.Where(name => !string.Equals(name, table, StringComparison.Ordinal) && !name.StartsWith("sqlite_", StringComparison.Ordinal)))
        {
            Assert.Equal(before.Tables[other], after.Tables[other], StringComparer.Ordinal);
        }

        Assert.Equal("ok", await database.ExecuteScalarAsync<string>("PRAGMA integrity_check"));
        Assert.Empty(await database.QueryAsync<string>("PRAGMA foreign_key_check"));
        foreach (var (act, ask, answer) in rebuild.Then)
        {
            await ApplyAsync(database, act);
            Assert.Equal(answer, await database.ExecuteScalarAsync<string>($"SELECT CAST(({ask}) AS TEXT)"));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Expected(RebuildCase rebuild, string table, Content before)
    {
        var own = rebuild.Sql ?? before.Objects[table].Replace($"CREATE TABLE {table} ", $"CREATE TABLE \"{table}\" ", StringComparison.Ordinal);
        return before.Objects.Select(each => string.Equals(each.Key, table, StringComparison.Ordinal) ? KeyValuePair.Create(table, own)
                : KeyValuePair.Create(each.Key, rebuild.Objects.GetValueOrDefault(each.Key, each.Value)))
            .OrderBy(static each => each.Key, StringComparer.Ordinal);
    }
}
