using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Numbers;

/// <summary>INTEGER 0 or 1; nothing else is a truth value.</summary>
internal sealed class BooleanConverter : ValueConverter<bool>
{
    public override bool Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) != StorageKind.Integer)
        {
            throw MappingErrors.WrongKind(row, ordinal, typeof(bool));
        }

        return row.GetInt64(ordinal) switch
        {
            0 => false,
            1 => true,
            _ => throw MappingErrors.WrongForm(row, ordinal, typeof(bool), "0 or 1"),
        };
    }

    public override void Write(ProviderCommand command, int index, bool value) => command.BindInt64(index, value ? 1 : 0);
}
