using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>Tuples take the columns by position; beyond seven elements they are nested.</summary>
internal static class TupleMap
{
    private const int RestPosition = 7;

    public static void Emit(RowMapCode code, string[] columns)
    {
        var count = CountOf(code.Type);
        if (count != columns.Length)
        {
            throw MappingErrors.Shape($"{TypeNames.Of(code.Type)} takes {count} columns and the result has {columns.Length} ({ColumnList.Of(columns)}).");
        }

        Emit(code, code.Type, 0);
    }

    private static void Emit(RowMapCode code, Type tuple, int first)
    {
        var elements = tuple.GetGenericArguments();
        for (var i = 0; i < elements.Length; i++)
        {
            if (i == RestPosition && IsTuple(elements[i]))
            {
                Emit(code, elements[i], first + i);
            }
            else
            {
                code.EmitRead(elements[i], first + i, $"Element {first + i + 1} of {TypeNames.Of(code.Type)}");
            }
        }

        var constructor = tuple.GetConstructor(elements)
            ?? throw MappingErrors.Shape($"{TypeNames.Of(code.Type)} is no tuple with elements. Ask for a scalar or a record.");
        code.Il.Emit(OpCodes.Newobj, constructor);
    }

    private static int CountOf(Type tuple)
    {
        var elements = tuple.GetGenericArguments();
        return elements.Length > RestPosition && IsTuple(elements[RestPosition]) ? RestPosition + CountOf(elements[RestPosition]) : elements.Length;
    }

    private static bool IsTuple(Type type) => type.IsAssignableTo(typeof(ITuple));
}
