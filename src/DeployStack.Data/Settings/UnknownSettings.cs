namespace DeployStack.Data.Settings;

/// <summary>What an import does with settings that are neither declared nor in the database.</summary>
public enum UnknownSettings
{
    /// <summary>The import is refused and nothing is written.</summary>
    Refuse,

    /// <summary>They are left out and listed.</summary>
    Skip,
}
