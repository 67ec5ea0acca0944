using System.Collections.Concurrent;
using DeployStack.Data.Mapping.Rows;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping;

/// <summary>Finds how the rows of a statement become objects; one per database, thread-safe.</summary>
internal sealed class RowMapper(TypeProfile profile)
{
    // statements made from pieces can have any number of column lists
    private const int MaxCached = 2_000;

    private readonly ConcurrentDictionary<RowShape, object> maps = new();

    /// <summary>The map of the whole row. Call it when the first row stands in <see cref="ProviderCommand.Row"/>, or
    /// when the result turned out to be empty.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.ResultShape"/>: the columns do not fit.</exception>
    public RowMap<T> Get<T>(ProviderCommand command) => Get<T>(command, firstColumnOnly: false);

    /// <summary>The map of the first column; others are ignored.</summary>
    /// <inheritdoc cref="Get{T}(ProviderCommand)"/>
    public RowMap<T> GetScalar<T>(ProviderCommand command) => Get<T>(command, firstColumnOnly: true);

    private RowMap<T> Get<T>(ProviderCommand command, bool firstColumnOnly)
    {
        var row = command.Row;
        if (command.RowPlan is RowMap<T> last && last.Fits(this, row, firstColumnOnly))
        {
            return last;
        }

        var shape = RowShape.Of(typeof(T), row, firstColumnOnly);
        if (!maps.TryGetValue(shape, out var map))
        {
            if (maps.Count >= MaxCached)
            {
                maps.Clear();
            }

            map = maps.GetOrAdd(shape, new RowMap<T>(this, shape, RowMapBuilder.Build<T>(profile, row, firstColumnOnly)));
        }

        command.RowPlan = map;
        return (RowMap<T>)map;
    }
}
