using DeployStack.Data.Benchmarks.Cases.Settings;
using DeployStack.Data.Benchmarks.Harness;

namespace DeployStack.Data.Benchmarks.Cases;

/// <summary>The cases in the order of the report.</summary>
internal static class AllCases
{
    public static IReadOnlyList<Case> List { get; } =
    [
        new WritesCase(64, isFull: true),
        new WritesCase(8, isFull: true),
        new WritesCase(1, isFull: true),
        new WritesCase(64, isFull: false),
        new WritesCase(8, isFull: false),
        new WritesCase(1, isFull: false),
        new PointReadCase(),
        new RowsCase(),
        new ReadersCase(),
        new LendingCase(),
        new OpeningCase(),
        new ColdStartCase(),
        new CancellationCase(),
        new TokenCase(),
        new BatchCase(isFull: false),
        new BatchCase(isFull: true),
        new TestDatabaseCase(),
        new MigrationsCase(),
        new MigrationStatusCase(),
        new RebuildCase(),
        new RehearsalCase(),
        new SettingsBatchCase(isFull: false),
        new SettingsBatchCase(isFull: true),
        new SettingsBulkCase(isInsert: true),
        new SettingsBulkCase(isInsert: false),
        new SettingsReadCase(),
        new SettingsGroupCase(),
    ];
}
