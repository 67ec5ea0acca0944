namespace DeployStack.Data.Mapping.Rows;

/// <summary>Reads one column of one type.</summary>
internal abstract class ColumnReader
{
    /// <summary>Makes the reader of a type, or gives null where the type is no scalar.</summary>
    public static ColumnReader? Create(TypeProfile profile, Type type, int ordinal) => profile.Find(type) is { } converter
        ? (ColumnReader)Activator.CreateInstance(typeof(TypedColumnReader<>).MakeGenericType(type), ordinal, converter)!
        : null;
}
