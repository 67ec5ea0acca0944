namespace DeployStack.Data.Settings.Storage;

/// <summary>Values on their way into a statement; the properties are its parameters.</summary>
internal abstract class BoundRow
{
    /// <summary>A value by the name of its parameter, for statements of several rows.</summary>
    public abstract object? Get(string parameter);

    private protected static ArgumentOutOfRangeException Unknown(string parameter) => new(nameof(parameter), parameter, "The row has no such parameter.");
}
