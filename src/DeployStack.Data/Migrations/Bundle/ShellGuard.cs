using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Bundle;

/// <summary>Ends the shell with a message where something does not hold: only a trigger may raise an error.</summary>
internal static class ShellGuard
{
    /// <summary>Made once, before the first guard.</summary>
    public const string Create = "CREATE TEMP TABLE deploystack_guard (fault);\n";

    /// <summary>Statements that fail with a message unless a condition holds.</summary>
    /// <param name="condition">An expression.</param>
    /// <param name="message">What the shell prints; the transaction is undone when it ends.</param>
    public static string Unless(string condition, string message)
        => $"CREATE TEMP TRIGGER deploystack_fault BEFORE INSERT ON deploystack_guard BEGIN SELECT RAISE(ABORT, {SqlName.Text(message)}); END;\n"
            + $"INSERT INTO temp.deploystack_guard SELECT 1 WHERE NOT ({condition});\n"
            + "DROP TRIGGER temp.deploystack_fault;\n";
}
