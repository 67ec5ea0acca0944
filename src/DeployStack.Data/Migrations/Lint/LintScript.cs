using DeployStack.Data.Migrations.Running;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Lint;

/// <summary>What the lint knows of a migration.</summary>
/// <param name="Identity">Empty for a script that has none.</param>
/// <param name="Origin">Where it was read.</param>
/// <param name="Statements">In order; without those that the runner does itself.</param>
/// <param name="ForeignKeysOff">Whether its batch runs with foreign keys off.</param>
/// <param name="Fault">What keeps the script from being taken apart.</param>
internal sealed record LintScript(string Identity, string Origin, IReadOnlyList<ScriptStatement> Statements, bool ForeignKeysOff, ScriptFault? Fault = null)
{
    private const string ForeignKeysOffDirective = "foreign-keys-off";

    /// <summary>Whether the statements are not known yet; the tables may be anything afterwards.</summary>
    public bool IsUnknown { get; private init; }

    /// <summary>Whether the runner has refused already what no migration may hold.</summary>
    public bool IsGuarded { get; private init; }

    /// <summary>A migration of the runner.</summary>
    /// <param name="migration">The script or class.</param>
    /// <param name="batch">Its statements; <see langword="null"/> for a class before its turn.</param>
    public static LintScript Of(Migration migration, MigrationBatch? batch) => new(
        migration.Identity,
        migration.Origin,
        batch is null ? [] : batch.Built is null ? batch.Statements : OwnOf(batch),
        batch is { ForeignKeysOff: true })
    {
        IsUnknown = batch is null,
        IsGuarded = true,
    };

    /// <summary>A script that no runner has seen.</summary>
    public static LintScript Of(string origin, string text)
    {
        var statements = ScriptSplitter.Split(Sources.ScriptText.Normalise(text), out var fault);
        var switches = statements.Select(static statement => Pragma.Parse(statement.Sql)).Where(static pragma => pragma is not null && pragma.Is(MigrationPragma.ForeignKeys)).ToList();
        return new(
            string.Empty,
            origin,
            [.. statements.Where(static statement => Pragma.Parse(statement.Sql) is not { Value: not null } pragma || !pragma.Is(MigrationPragma.ForeignKeys))],
            switches.Exists(static pragma => pragma!.Switch is false) || HasDirective(statements),
            fault);
    }

    // what a class wrote itself: a rebuild of the runner is proven by its own statements
    private static List<ScriptStatement> OwnOf(MigrationBatch batch)
    {
        var rebuilds = batch.Rebuilds.SelectMany(static plan => plan.Statements).Select(static statement => statement.Sql).ToHashSet(StringComparer.Ordinal);
        return [.. batch.Statements.Where(statement => !rebuilds.Contains(statement.Sql)).Select(WithDirectives)];
    }

    // its text is one statement, and its comments are still in it
    private static ScriptStatement WithDirectives(ScriptStatement statement)
        => ScriptSplitter.Split(statement.Sql, out _) is [var only, ..] ? statement with { Directives = only.Directives } : statement;

    private static bool HasDirective(IEnumerable<ScriptStatement> statements)
        => statements.Any(static statement => statement.Directives.Any(static directive => directive.Is(ForeignKeysOffDirective)));
}
