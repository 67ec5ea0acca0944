namespace DeployStack.Data.Schema;

/// <summary>What an object of a schema is, in the words of <c>sqlite_schema</c>.</summary>
public enum SchemaObjectType
{
    /// <summary>A table, virtual ones included.</summary>
    Table,

    /// <summary>An index that a statement created; those of constraints belong to their table.</summary>
    Index,

    /// <summary>A view, whose definition names what it reads only when it is used.</summary>
    View,

    /// <summary>A trigger, on a table or instead of a write to a view.</summary>
    Trigger,
}
