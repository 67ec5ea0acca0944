namespace DeployStack.Data.Sqlite.Handles;

/// <summary>A unit asked for something that needs a transaction of its own; the writer runs it again, alone. It never
/// leaves the engine.</summary>
internal sealed class RunAloneException : Exception
{
    public static readonly RunAloneException Instance = new();

    private RunAloneException()
        : base("The unit needs a transaction of its own and is run again. Let this exception pass.")
    {
    }
}
