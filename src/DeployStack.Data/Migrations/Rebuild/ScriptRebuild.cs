using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Migrations.Scripts;

namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>The directive <c>deploystack: rebuild rename a to b, drop c, allow lossy cast</c> before a CREATE TABLE statement:
/// the table of that name is rebuilt into this definition.</summary>
internal static class ScriptRebuild
{
    public const string Directive = "rebuild";

    public static bool IsOn(ScriptStatement statement) => statement.Directives.Any(static directive => directive.Is(Directive));

    /// <summary>Why the directive cannot be carried out, whatever the database holds; <see langword="null"/> if it can.</summary>
    public static string? Refusal(ScriptStatement statement, DatabaseCapabilities capabilities)
        => !capabilities.SqliteSchema ? $"the engine '{capabilities.SystemName}' cannot rebuild tables. Write an ALTER TABLE for it, in a script of its own (NNNN_name.{capabilities.SystemName}.sql)."
            : TableDefinition.Parse(statement.Sql) is null ? $"the directive '{Directive}' stands before a CREATE TABLE statement with columns. Put it there."
            : !TryRead(statement, new(), out _) ? $"the directive '{Directive}' takes: rename <column> to <column>, drop <column>, allow lossy cast, with commas between them. Correct it."
            : null;

    /// <exception cref="DatabaseException">The table cannot be rebuilt so.</exception>
    public static Task<TableRebuildPlan> PlanAsync(IDeployStackDatabase database, ScriptStatement statement, CancellationToken cancellationToken)
    {
        var options = new TableRebuildOptions();
        return TableRebuild.PlanAsync(database, TableDefinition.Parse(statement.Sql)!.Name, Change, options with { AllowLossyCast = AllowsLoss() }, cancellationToken);

        void Change(TableChange change) => TryRead(statement, change.To(statement.Sql), out _);

        bool AllowsLoss() => TryRead(statement, new(), out var allowsLoss) && allowsLoss;
    }

    private static bool TryRead(ScriptStatement statement, TableChange change, out bool allowsLoss)
    {
        allowsLoss = false;
        foreach (var directive in statement.Directives.Where(static directive => directive.Is(Directive) && directive.Arguments.Length > 0))
        {
            foreach (var item in TableDefinition.Items(DdlToken.Of(directive.Arguments)))
            {
                switch (item)
                {
                    case [var rename, { IsName: true } from, var to, { IsName: true } name] when rename.Is("RENAME") && to.Is("TO"):
                        change.RenameColumn(from.Value, name.Value);
                        break;
                    case [var drop, { IsName: true } column] when drop.Is("DROP"):
                        change.DropColumn(column.Value);
                        break;
                    case [var allow, var lossy, var cast] when allow.Is("ALLOW") && lossy.Is("LOSSY") && cast.Is("CAST"):
                        allowsLoss = true;
                        break;
                    default:
                        return false;
                }
            }
        }

        return true;
    }
}
