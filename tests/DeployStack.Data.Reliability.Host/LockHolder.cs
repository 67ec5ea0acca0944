using Microsoft.Data.Sqlite;

namespace DeployStack.Data.Reliability.Host;

/// <summary>The other program: holds the write lock from <c>held</c> until a line comes in, then says <c>released</c>.</summary>
internal static class LockHolder
{
    public static int Run(string path)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using (var transaction = connection.BeginTransaction(deferred: false))
        {
            Speech.Say("held");
            _ = Console.In.ReadLine();
            transaction.Rollback();
        }

        Speech.Say("released");
        return 0;
    }
}
