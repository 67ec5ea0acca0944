using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DeployStack.Data.Settings.Values;

/// <summary>Any type as JSON; each reading makes an object of its own, because objects can be changed.</summary>
internal static class JsonText
{
    public static SettingCodec<T> Codec<T>(JsonTypeInfo<T> type) => new(SettingType.Json, value => value is null ? string.Empty : JsonSerializer.Serialize(value, type), text => Read(() => JsonSerializer.Deserialize(text, type))) { IsImmutable = false };

    [RequiresUnreferencedCode("Give a JsonTypeInfo where the application is trimmed.")]
    [RequiresDynamicCode("Give a JsonTypeInfo where the application is compiled ahead of time.")]
    public static SettingCodec<T> Codec<T>(JsonSerializerOptions options) => new(SettingType.Json, value => value is null ? string.Empty : JsonSerializer.Serialize(value, options), text => Read(() => JsonSerializer.Deserialize<T>(text, options))) { IsImmutable = false };

    private static (bool IsValue, T Value) Read<T>(Func<T?> read)
    {
        try
        {
            return read() is { } value ? (true, value) : (false, default!);
        }
        catch (JsonException) // no value of the type; its message could hold a part of the text
        {
            return (false, default!);
        }
    }
}
