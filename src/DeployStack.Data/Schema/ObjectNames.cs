namespace DeployStack.Data.Schema;

/// <summary>The names of schema objects as the engine tells them apart: letters A to Z in any case are equal, and no
/// others; a trigger may have the name of a table.</summary>
internal static class ObjectNames
{
    public static string KeyOf(SchemaObject each) => (each.Type == SchemaObjectType.Trigger ? "trigger " : string.Empty) + Fold(each.Name);

    /// <summary>Equal for names that are equal to the engine.</summary>
    public static string Fold(string name) => string.Concat(name.Select(static c => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c));
}
