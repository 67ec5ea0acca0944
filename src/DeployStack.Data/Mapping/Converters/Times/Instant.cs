using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Converters.Times;

/// <summary>What DateTime and DateTimeOffset share.</summary>
internal static class Instant
{
    // as seconds this is the year 5138, as milliseconds 1973
    private const long FirstMilliseconds = 100_000_000_000;
    private const long MinSeconds = -62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;

    public static DateTimeOffset Read(RowReader row, int ordinal, DateTimeFormat format, Type target)
    {
        switch (row.GetKind(ordinal))
        {
            case StorageKind.Text:
                return TimestampText.TryParse(row.GetBytes(ordinal), out var value)
                    ? value
                    : throw MappingErrors.WrongForm(row, ordinal, target, "yyyy-MM-dd HH:mm:ss, with or without fraction and Z or offset");
            case StorageKind.Integer:
                return FromUnix(row.GetInt64(ordinal), format) ?? throw MappingErrors.OutOfRange(row, ordinal, target);
            default:
                throw MappingErrors.WrongKind(row, ordinal, target);
        }
    }

    public static void Write(ProviderCommand command, int index, DateTimeOffset value, DateTimeFormat format)
    {
        switch (format)
        {
            case DateTimeFormat.UnixSeconds:
                command.BindInt64(index, value.ToUnixTimeSeconds());
                break;
            case DateTimeFormat.UnixMilliseconds:
                command.BindInt64(index, value.ToUnixTimeMilliseconds());
                break;
            default:
                Span<char> text = stackalloc char[TimestampText.MaxLength];
                command.BindText(index, text[..TimestampText.Format(value, text)]);
                break;
        }
    }

    // What a format writes it reads back, for every instant; only numbers that it cannot have written are guessed.
    private static DateTimeOffset? FromUnix(long number, DateTimeFormat format)
    {
        var milliseconds = format switch
        {
            DateTimeFormat.UnixMilliseconds => true,
            DateTimeFormat.UnixSeconds => number is < MinSeconds or > MaxSeconds,
            _ => number is <= -FirstMilliseconds or >= FirstMilliseconds,
        };
        return milliseconds
            ? number is >= MinSeconds * 1000 and <= (MaxSeconds * 1000) + 999 ? DateTimeOffset.FromUnixTimeMilliseconds(number) : null
            : number is >= MinSeconds and <= MaxSeconds ? DateTimeOffset.FromUnixTimeSeconds(number) : null;
    }
}
