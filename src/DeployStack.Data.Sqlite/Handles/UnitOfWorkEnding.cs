using DeployStack.Data.Provider;

namespace DeployStack.Data.Sqlite.Handles;

/// <summary>Ends a unit by what became of it.</summary>
internal static class UnitOfWorkEnding
{
    public static void End(this UnitOfWork unit, Exception? error)
    {
        if (error is null)
        {
            unit.Succeed();
        }
        else
        {
            unit.Fail(error);
        }
    }
}
