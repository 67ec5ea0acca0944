using DeployStack.Data.Mapping.Rows;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping;

/// <summary>Makes one <typeparamref name="T"/> of each row; thread-safe.</summary>
internal sealed class RowMap<T>(RowMapper owner, RowShape shape, Func<RowReader, T> map)
{
    /// <summary>Reads the current row.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.ResultShape"/>: a value does not fit.</exception>
    public T Map(RowReader row) => map(row);

    /// <summary>Whether the map still serves: a statement that the engine prepared anew after a change of the schema can
    /// have other columns than before.</summary>
    public bool Fits(RowMapper mapper, RowReader row, bool firstColumnOnly) => ReferenceEquals(owner, mapper) && shape.Matches(row, firstColumnOnly);
}
