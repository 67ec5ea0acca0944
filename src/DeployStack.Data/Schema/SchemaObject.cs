namespace DeployStack.Data.Schema;

/// <summary>One object of a schema.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Name">Its name; unique in the schema, without regard to case.</param>
/// <param name="Table">The table or view that it belongs to; for a table or view its own name.</param>
/// <param name="Definition">The statement that made it, as the engine keeps it.</param>
public sealed record SchemaObject(SchemaObjectType Type, string Name, string Table, string Definition)
{
    /// <summary>Type and name, as messages show them: <c>table teams</c>.</summary>
    public override string ToString() => $"{Type.ToString().ToLowerInvariant()} {Name}";
}
