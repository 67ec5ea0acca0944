using System.Globalization;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>Text as it is; numbers are read as invariant text.</summary>
internal sealed class StringConverter : ValueConverter<string>
{
    public override string Read(RowReader row, int ordinal) => row.GetKind(ordinal) switch
    {
        StorageKind.Text => row.GetText(ordinal),
        StorageKind.Integer => row.GetInt64(ordinal).ToString(CultureInfo.InvariantCulture),
        StorageKind.Real => row.GetDouble(ordinal).ToString("R", CultureInfo.InvariantCulture),
        _ => throw MappingErrors.WrongKind(row, ordinal, typeof(string)),
    };

    public override void Write(ProviderCommand command, int index, string value) => TextForm.Bind(command, index, value, typeof(string));
}
