using System.Text;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>The columns of a result, by name.</summary>
internal static class ColumnList
{
    public static string Of(string[] columns) => string.Join(", ", columns);

    /// <summary>The form in which columns and members are compared: no underscores, one case.</summary>
    public static string Normalize(string name)
    {
        var normal = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (c != '_')
            {
                normal.Append(char.ToUpperInvariant(c));
            }
        }

        return normal.ToString();
    }

    /// <summary>The column for a member, or -1. Of several, the one of exactly this name; else the choice is the caller's.</summary>
    /// <exception cref="DatabaseException">Several columns fit.</exception>
    public static int Find(string[] columns, string member, Type type)
    {
        var normal = Normalize(member);
        var fitting = columns.Index().Where(c => string.Equals(Normalize(c.Item), normal, StringComparison.Ordinal)).ToArray();
        if (fitting.Length > 1)
        {
            var exact = fitting.Where(c => string.Equals(c.Item, member, StringComparison.Ordinal)).ToArray();
            fitting = exact.Length == 1
                ? exact
                : throw MappingErrors.Shape(
                    $"Several columns ({Of([.. fitting.Select(static c => c.Item)])}) fit {TypeNames.Of(type)}.{member}. Give all but one another name with AS.");
        }

        return fitting.Length == 0 ? -1 : fitting[0].Index;
    }
}
