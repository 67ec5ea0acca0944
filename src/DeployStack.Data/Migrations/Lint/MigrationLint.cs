using DeployStack.Data.Migrations.Lint.Model;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>The lint of migration scripts without a database: for tools, for a test in the application's own suite.</summary>
/// <remarks>With a database, <see cref="IMigrationRunner.LintAsync"/> knows more: the schema as it is, and which tables
/// have rows.</remarks>
public static class MigrationLint
{
    /// <summary>All rules, in the order of their codes within each family.</summary>
    public static IReadOnlyList<LintRule> Rules => LintRules.All;

    /// <summary>Looks at scripts in the order of their names. What one creates, the later ones find, with rows in it.</summary>
    /// <param name="scripts">File name → SQL text. Give all scripts of the application, for the rules about foreign keys
    /// know only the tables that they create.</param>
    /// <returns>The findings of all scripts; a script that cannot be taken apart is one of them. Nothing is thrown for SQL
    /// that is wrong.</returns>
    public static LintReport Check(IReadOnlyDictionary<string, string> scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        var run = new LintRun(new LintSchema(), isLive: false);
        run.Read(scripts.OrderBy(static script => script.Key, StringComparer.Ordinal).Select(static script => LintScript.Of(script.Key, script.Value)));
        return new(run.Findings(new Dictionary<string, long>(StringComparer.Ordinal)));
    }
}
