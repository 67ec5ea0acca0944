using DeployStack.Data.Migrations.Lint.Model;
using DeployStack.Data.Migrations.Running;

namespace DeployStack.Data.Migrations.Lint.Rules;

/// <summary>TX: what the runner refuses, told by the tools that have none.</summary>
internal static class TransactionRules
{
    public static IEnumerable<LintDraft> Check(LintStep step)
        => !step.Script.IsGuarded && MigrationGuard.Refusal(step.Statement.Sql) is { } reason ? [step.Find(LintRules.Refused, reason)] : [];
}
