using DeployStack.Data.Migrations;

namespace DeployStack.Data.Testing.Conformance.Migrations;

/// <summary>Runners over scripts that stand in a test.</summary>
internal static class Scripts
{
    public static MigrationSource Source(params (string Name, string Sql)[] scripts)
        => MigrationSource.FromScripts(scripts.ToDictionary(static script => script.Name, static script => script.Sql, StringComparer.Ordinal));

    public static IMigrationRunner Runner(IDeployStackDatabase database, params (string Name, string Sql)[] scripts)
        => Runner(database, TimeProvider.System, scripts);

    public static IMigrationRunner Runner(IDeployStackDatabase database, TimeProvider time, params (string Name, string Sql)[] scripts)
        => MigrationRunnerFactory.Create(database, new MigrationOptions { Sources = { Source(scripts) } }, time);

    public static IMigrationRunner Runner(IDeployStackDatabase database, Action<MigrationOptions> configure, params (string Name, string Sql)[] scripts)
    {
        var options = new MigrationOptions { Sources = { Source(scripts) } };
        configure(options);
        return MigrationRunnerFactory.Create(database, options);
    }

    public static IEnumerable<string> Identities(IEnumerable<ExecutedMigration> migrations) => migrations.Select(static each => each.Identity);

    public static IEnumerable<string> Identities(IEnumerable<Migration> migrations) => migrations.Select(static each => each.Identity);

    public static IEnumerable<string> Identities(IEnumerable<AppliedMigration> migrations) => migrations.Select(static each => each.Identity);
}
