namespace DeployStack.Data;

/// <summary>How one read is to run.</summary>
public sealed record ReadOptions : UnitOptions
{
}
