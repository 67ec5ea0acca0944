namespace DeployStack.Data.Settings.Writing;

/// <summary>What is done with a setting.</summary>
internal enum ChangeKind
{
    /// <summary>Its text is stored; empty text unsets it.</summary>
    Set,

    /// <summary>Its row is deleted.</summary>
    Delete,
}
