using DeployStack.Data.Mapping.Converters.Numbers;
using DeployStack.Data.Mapping.Converters.Times;

namespace DeployStack.Data.Mapping.Converters;

/// <summary>The converters that the library brings.</summary>
internal static class ScalarConverters
{
    /// <summary>Makes the <see cref="ValueConverter{T}"/> of <paramref name="type"/>, or gives null where there is none.</summary>
    public static object? Create(Type type, TypeProfile profile)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return profile.Find(underlying) is { } inner
                ? Activator.CreateInstance(typeof(NullableConverter<>).MakeGenericType(underlying), inner)
                : null;
        }

        if (type.IsEnum)
        {
            var number = Enum.GetUnderlyingType(type);
            var converter = typeof(EnumConverter<,>).MakeGenericType(type, number);
            return Activator.CreateInstance(converter, Number(Type.GetTypeCode(number)), profile.Enums);
        }

        return Number(Type.GetTypeCode(type)) ?? Other(type, profile);
    }

    private static object? Number(TypeCode code) => code switch
    {
        TypeCode.Boolean => new BooleanConverter(),
        TypeCode.SByte => new IntegerConverter<sbyte>(),
        TypeCode.Byte => new IntegerConverter<byte>(),
        TypeCode.Int16 => new IntegerConverter<short>(),
        TypeCode.UInt16 => new IntegerConverter<ushort>(),
        TypeCode.Int32 => new IntegerConverter<int>(),
        TypeCode.UInt32 => new IntegerConverter<uint>(),
        TypeCode.Int64 => new IntegerConverter<long>(),
        TypeCode.UInt64 => new UInt64Converter(),
        TypeCode.Single => new SingleConverter(),
        TypeCode.Double => new DoubleConverter(),
        TypeCode.Decimal => new DecimalConverter(),
        _ => null,
    };

    private static object? Other(Type type, TypeProfile profile)
        => type == typeof(string) ? new StringConverter()
        : type == typeof(DateTime) ? new DateTimeConverter(profile.DateTimes)
        : type == typeof(DateTimeOffset) ? new DateTimeOffsetConverter(profile.DateTimes)
        : type == typeof(Guid) ? new GuidConverter(profile.Guids)
        : type == typeof(byte[]) ? new ByteArrayConverter()
        : type == typeof(ReadOnlyMemory<byte>) ? new ReadOnlyMemoryConverter()
        : type == typeof(Memory<byte>) ? new MemoryConverter()
        : type == typeof(char) ? new CharConverter()
        : type == typeof(char[]) ? new CharArrayConverter()
        : type == typeof(ReadOnlyMemory<char>) ? new CharMemoryConverter()
        : type == typeof(DateOnly) ? new DateOnlyConverter()
        : type == typeof(TimeOnly) ? new TimeOnlyConverter()
        : type == typeof(TimeSpan) ? new TimeSpanConverter()
        : type == typeof(Uri) ? new UriConverter()
        : null;
}
