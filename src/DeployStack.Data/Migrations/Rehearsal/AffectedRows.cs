using DeployStack.Data.Migrations.Lint.Parsing;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rehearsal;

/// <summary>The rows that the statements of a batch affected, by the table that has them in the end.</summary>
internal static class AffectedRows
{
    /// <param name="statements">In the order in which they ran.</param>
    /// <param name="affected">As the engine counted them, one for each statement.</param>
    public static IReadOnlyDictionary<string, long> Of(IReadOnlyList<SqlStatement> statements, IReadOnlyList<int> affected)
    {
        var rows = new Dictionary<string, long>(SqlName.Comparer);
        for (var i = 0; i < statements.Count; i++)
        {
            switch (ActionParser.Parse(statements[i].Sql))
            {
                case LintAction.Insert { Table: var table }:
                    Add(table, affected[i]);
                    break;
                case LintAction.Update { Table: var table }:
                    Add(table, affected[i]);
                    break;
                case LintAction.Delete { Table: var table }:
                    Add(table, affected[i]);
                    break;
                case LintAction.DropTable { Name: var table }:
                    rows.Remove(table);
                    break;
                case LintAction.RenameTable { Name: var table, NewName: var name } when rows.Remove(table, out var moved):
                    Add(name, moved);
                    break;
            }
        }

        return rows;

        void Add(string table, long count) => rows[table] = rows.GetValueOrDefault(table) + count;
    }
}
