using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

internal sealed class NullableConverter<T>(ValueConverter<T> inner) : ValueConverter<T?>
    where T : struct
{
    public override T? Read(RowReader row, int ordinal) => inner.Read(row, ordinal);

    public override void Write(ProviderCommand command, int index, T? value) => inner.Write(command, index, value.GetValueOrDefault());
}
