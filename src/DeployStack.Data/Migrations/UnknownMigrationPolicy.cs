namespace DeployStack.Data.Migrations;

/// <summary>What happens where the database has applied migrations that the application does not have.</summary>
public enum UnknownMigrationPolicy
{
    /// <summary>Nothing is applied; the run fails and names them. The default: the schema is not the one that the
    /// application's migrations describe.</summary>
    Fail = 0,

    /// <summary>A warning names them at each run; what is pending is applied.</summary>
    Warn,
}
