using System.Collections;
using System.Runtime.CompilerServices;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>Decides whether a result type is a scalar, a tuple or an object, and builds its map.</summary>
internal static class RowMapBuilder
{
    public static Func<RowReader, T> Build<T>(TypeProfile profile, RowReader row, bool firstColumnOnly)
    {
        var columns = RowShape.Columns(row);
        if (columns.Length == 0)
        {
            throw MappingErrors.Shape($"The statement returns no columns, so it cannot be read as {TypeNames.Of(typeof(T))}. Execute it instead of querying.");
        }

        if (profile.Find<T>() is { } converter)
        {
            return firstColumnOnly || columns.Length == 1
                ? new TypedColumnReader<T>(0, converter).Read
                : throw MappingErrors.Shape(
                    $"{TypeNames.Of(typeof(T))} takes one column and the result has {columns.Length} ({ColumnList.Of(columns)}). Select one, or ask for a tuple or a record.");
        }

        if (firstColumnOnly)
        {
            throw MappingErrors.Shape($"{TypeNames.Of(typeof(T))} is no scalar of the type profile. Query rows of it, or register a converter with TypeProfile.With.");
        }

        Refuse(typeof(T));
        var code = new RowMapCode(profile, typeof(T));
        if (typeof(T).IsAssignableTo(typeof(ITuple)))
        {
            TupleMap.Emit(code, columns);
        }
        else
        {
            ObjectMap.Emit(code, columns);
        }

        return code.Finish<T>();
    }

    private static void Refuse(Type type)
    {
        if (type == typeof(object) || type.IsAssignableTo(typeof(IEnumerable)))
        {
            throw MappingErrors.Shape(
                $"{TypeNames.Of(type)} says nothing about the columns. Ask for a record, a class or a tuple; for dynamic rows use Dapper on the session's Connection.");
        }

        if (type.IsAbstract || type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsByRefLike)
        {
            throw MappingErrors.Shape($"A row cannot be read as {TypeNames.Of(type)}: it cannot be constructed. Ask for a record, a class, a tuple or a scalar of the type profile.");
        }
    }
}
