using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping;

/// <summary>Moves values of one type between .NET and the database: parameters, elements of lists, columns.</summary>
/// <typeparam name="T">The type as code declares it; a converter of a value type also serves its nullable form.</typeparam>
/// <remarks>
/// One instance serves all threads at once: keep no state. Register it with <see cref="TypeProfile.With"/>. Failures are
/// <see cref="DatabaseException"/>s of kind <see cref="DatabaseErrorKind.ResultShape"/> (reading) and
/// <see cref="DatabaseErrorKind.InvalidParameter"/> (writing) that do not repeat the value.
/// </remarks>
/// <example><code>
/// sealed class TeamIdConverter : ValueConverter&lt;TeamId&gt;
/// {
///     public override TeamId Read(RowReader row, int ordinal) => new(row.GetInt64(ordinal));
///     public override void Write(ProviderCommand command, int index, TeamId value) => command.BindInt64(index, value.Number);
/// }
/// </code></example>
public abstract class ValueConverter<T>
{
    /// <summary>Reads a column of the current row; never called for SQL NULL.</summary>
    /// <param name="row">The current row; ask <see cref="RowReader.GetKind"/> before a getter.</param>
    /// <param name="ordinal">The column, from 0.</param>
    public abstract T Read(RowReader row, int ordinal);

    /// <summary>Binds a value by exactly one call of <paramref name="command"/>; never called for null.</summary>
    /// <param name="command">The statement; for an element of a list, a stand-in that appends what is bound to the
    /// list's JSON array, so that elements and single values are always encoded alike.</param>
    /// <param name="index">The parameter, from 0.</param>
    /// <param name="value">The value.</param>
    public abstract void Write(ProviderCommand command, int index, T value);
}
