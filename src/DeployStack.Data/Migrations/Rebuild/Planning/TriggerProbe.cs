using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Statements that make the engine compile triggers without firing them: the number of columns of an INSERT in a
/// trigger, for one, is looked at only then.</summary>
internal static class TriggerProbe
{
    /// <param name="triggers">The triggers that were created again.</param>
    /// <param name="columnsOf">The columns of a table that can be updated; empty for a view.</param>
    public static IEnumerable<(string Triggers, string Sql)> Of(IEnumerable<CatalogueObject> triggers, Func<string, IReadOnlyList<string>> columnsOf)
    {
        foreach (var group in triggers.GroupBy(static trigger => (trigger.TableName, Event: EventOf(trigger))))
        {
            var (table, events) = group.Key;
            var names = SqlName.List(group.Select(static trigger => trigger.Name));
            var name = SqlName.Quote(table);
            if (events is "INSERT")
            {
                yield return (names, $"EXPLAIN INSERT INTO {name} DEFAULT VALUES");
            }
            else if (events is "DELETE")
            {
                yield return (names, $"EXPLAIN DELETE FROM {name}");
            }
            else if (columnsOf(table) is { Count: > 0 } columns)
            {
                yield return (names, $"EXPLAIN UPDATE {name} SET {string.Join(", ", columns.Select(static column => $"{SqlName.Quote(column)} = {SqlName.Quote(column)}"))}");
            }
        }
    }

    // CREATE TRIGGER name [BEFORE | AFTER | INSTEAD OF] event
    private static string EventOf(CatalogueObject trigger)
        => trigger.Tokens.Skip(3).First(static token => token.Is("INSERT") || token.Is("DELETE") || token.Is("UPDATE")).Value.ToUpperInvariant();
}
