namespace DeployStack.Data.Schema;

/// <summary>Compares schemas, object by object. Pure.</summary>
internal static class SchemaComparison
{
    /// <summary>What makes the second schema of the first one; tables first, then by name.</summary>
    public static IReadOnlyList<SchemaDifference> Of(SchemaModel first, SchemaModel second)
    {
        var before = first.Objects.ToDictionary(KeyOf, SqlName.Comparer);
        var after = second.Objects.ToDictionary(KeyOf, SqlName.Comparer);
        var differences = new List<SchemaDifference>();
        foreach (var each in second.Objects)
        {
            if (!before.TryGetValue(KeyOf(each), out var old))
            {
                differences.Add(new(SchemaChangeKind.Added, each, LineDifference.Of([], DefinitionText.Lines(each.Definition))));
            }
            else if (old.Type != each.Type || !DefinitionText.AreEqual(old.Definition, each.Definition))
            {
                differences.Add(new(SchemaChangeKind.Changed, each, LineDifference.Of(DefinitionText.Lines(old.Definition), DefinitionText.Lines(each.Definition))));
            }
        }

        differences.AddRange(first.Objects.Where(each => !after.ContainsKey(KeyOf(each))).Select(static each => new SchemaDifference(SchemaChangeKind.Removed, each, LineDifference.Of(DefinitionText.Lines(each.Definition), []))));
        return [.. differences.OrderBy(static each => each.Object.Type).ThenBy(static each => each.Object.Name, StringComparer.OrdinalIgnoreCase)];
    }

    // a trigger may have the name of a table
    private static string KeyOf(SchemaObject each) => each.Type == SchemaObjectType.Trigger ? "trigger " + each.Name : each.Name;
}
