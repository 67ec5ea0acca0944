namespace DeployStack.Data.Schema;

/// <summary>One object in which two schemas differ.</summary>
/// <param name="Kind">How.</param>
/// <param name="Object">The object as the second schema has it, or the first where it was removed.</param>
/// <param name="Lines">The definition line by line: <c>+ </c> stands before what was added, <c>- </c> before what was
/// removed, two spaces before what both have. White space, comments, quotes of names and the case of words do not
/// count.</param>
public sealed record SchemaDifference(SchemaChangeKind Kind, SchemaObject Object, IReadOnlyList<string> Lines)
{
    /// <summary>Kind and object, as messages show them: <c>changed: table teams</c>.</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()}: {Object}";
}
