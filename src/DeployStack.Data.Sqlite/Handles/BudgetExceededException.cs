namespace DeployStack.Data.Sqlite.Handles;

/// <summary>A read tried on the caller's thread turned out to be long; the scheduler runs it again on a reader's thread.
/// It never leaves the engine.</summary>
internal sealed class BudgetExceededException : Exception
{
    public static readonly BudgetExceededException Instance = new();

    private BudgetExceededException()
        : base("The read took longer than the caller's thread may be held.")
    {
    }
}
