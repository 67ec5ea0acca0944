using System.Buffers;
using System.Text;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>A text of one UTF-16 unit. Half of a surrogate pair has no UTF-8 form and is refused.</summary>
internal sealed class CharConverter : ValueConverter<char>
{
    public override char Read(RowReader row, int ordinal)
    {
        if (row.GetKind(ordinal) != StorageKind.Text)
        {
            throw MappingErrors.WrongKind(row, ordinal, typeof(char));
        }

        var text = row.GetBytes(ordinal);
        return Rune.DecodeFromUtf8(text, out var rune, out var consumed) == OperationStatus.Done && consumed == text.Length && rune.IsBmp
            ? (char)rune.Value
            : throw MappingErrors.WrongForm(row, ordinal, typeof(char), "a text of one character");
    }

    public override void Write(ProviderCommand command, int index, char value)
    {
        if (char.IsSurrogate(value))
        {
            throw MappingErrors.Value(command, index, typeof(char), "half of a surrogate pair is no text");
        }

        command.BindText(index, new ReadOnlySpan<char>(in value));
    }
}
