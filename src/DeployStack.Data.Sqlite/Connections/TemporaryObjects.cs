using DeployStack.Data.Schema;
using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Sqlite.Connections;

/// <summary>Drops what a unit left in the connection's own temporary schema, so that the next unit does not find it.</summary>
internal static class TemporaryObjects
{
    public static void Drop(SqliteConnection connection)
    {
        // Indexes go with their tables; triggers may sit on tables of the database.
        foreach (var kind in (ReadOnlySpan<string>)["trigger", "view", "table"])
        {
            foreach (var name in Native.ReadRows(connection, $"SELECT name FROM temp.sqlite_schema WHERE type = '{kind}' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
            {
                Native.Execute(connection, $"DROP {kind} IF EXISTS temp.{SqlName.Quote(name)}");
            }
        }
    }
}
