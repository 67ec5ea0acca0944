using System.Numerics;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>Integers that fit into 64 signed bits; reading is checked.</summary>
internal sealed class IntegerConverter<T> : ValueConverter<T>
    where T : struct, IBinaryInteger<T>
{
    public override T Read(RowReader row, int ordinal)
    {
        var wide = row.GetKind(ordinal) == StorageKind.Integer ? row.GetInt64(ordinal) : WholeNumber.FromReal(row, ordinal, typeof(T));
        var value = T.CreateTruncating(wide);
        return long.CreateTruncating(value) == wide ? value : throw MappingErrors.OutOfRange(row, ordinal, typeof(T));
    }

    public override void Write(ProviderCommand command, int index, T value) => command.BindInt64(index, long.CreateTruncating(value));
}
