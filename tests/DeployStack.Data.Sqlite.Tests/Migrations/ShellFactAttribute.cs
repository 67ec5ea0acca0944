namespace DeployStack.Data.Sqlite.Tests.Migrations;

/// <summary>A test that needs the sqlite3 shell.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (Shell.Path is null)
        {
            Skip = "There is no sqlite3 shell on this machine.";
        }
    }
}
