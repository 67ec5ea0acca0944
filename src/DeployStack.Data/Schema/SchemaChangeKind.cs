namespace DeployStack.Data.Schema;

/// <summary>How two schemas differ in one object.</summary>
public enum SchemaChangeKind
{
    /// <summary>Only the second schema has it.</summary>
    Added,

    /// <summary>Only the first schema has it.</summary>
    Removed,

    /// <summary>Both have it, with definitions that mean different things.</summary>
    Changed,
}
