using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>A result type and the columns that it is read from.</summary>
internal sealed class RowShape : IEquatable<RowShape>
{
    private readonly Type type;
    private readonly bool firstColumnOnly;
    private readonly string[] columns;

    private RowShape(Type type, bool firstColumnOnly, string[] columns)
    {
        this.type = type;
        this.firstColumnOnly = firstColumnOnly;
        this.columns = columns;
    }

    public static RowShape Of(Type type, RowReader row, bool firstColumnOnly) => new(type, firstColumnOnly, firstColumnOnly ? [] : Columns(row));

    public static string[] Columns(RowReader row)
    {
        var names = new string[row.FieldCount];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = row.GetName(i);
        }

        return names;
    }

    /// <summary>Whether the row has the columns of this shape; of a first column the name does not matter.</summary>
    public bool Matches(RowReader row, bool first)
    {
        if (first != firstColumnOnly)
        {
            return false;
        }

        if (first)
        {
            return row.FieldCount > 0;
        }

        if (row.FieldCount != columns.Length)
        {
            return false;
        }

        for (var i = 0; i < columns.Length; i++)
        {
            if (!string.Equals(row.GetName(i), columns[i], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    public bool Equals(RowShape? other) => other is not null && type == other.type && firstColumnOnly == other.firstColumnOnly
        && columns.AsSpan().SequenceEqual(other.columns);

    public override bool Equals(object? obj) => Equals(obj as RowShape);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(type);
        hash.Add(firstColumnOnly);
        foreach (var column in columns)
        {
            hash.Add(column, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
