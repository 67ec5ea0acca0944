using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>Reads one column without boxing it; NULL is checked here, so that no converter meets it.</summary>
internal sealed class TypedColumnReader<T>(int ordinal, ValueConverter<T> converter) : ColumnReader
{
    public T Read(RowReader row) => row.GetKind(ordinal) == StorageKind.Null ? Null(row) : converter.Read(row, ordinal);

    private T Null(RowReader row) => default(T) is null ? default! : throw MappingErrors.UnexpectedNull(row, ordinal, typeof(T));
}
