using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DeployStack.Data.Settings.Values;

/// <summary>Any type as JSON; each reading makes an object of its own, because objects can be changed.</summary>
internal static class JsonText
{
    /// <summary>The codec of a type, on one line and with all letters as they are, whatever the options say of that.</summary>
    public static SettingCodec<T> Codec<T>(JsonTypeInfo<T> type) => new(
        SettingType.Json,
        $"JSON of {typeof(T).Name}",
        value => value is null ? string.Empty : ToText(writer => JsonSerializer.Serialize(writer, value, type), type.Options.MaxDepth),
        text => Read(text, type))
    {
        IsImmutable = false,
    };

    /// <summary>What is written, in the one form that JSON has in settings.</summary>
    public static string ToText(Action<Utf8JsonWriter> write, int maxDepth = 0)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = maxDepth }))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static (bool IsValue, T Value) Read<T>(string text, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) is { } value ? (true, value) : (false, default!);
        }
        catch (Exception error) when (error is not NotSupportedException) // no value of the type, as the serializer or a constructor of the application says; the message could hold a part of the text
        {
            return (false, default!);
        }
    }
}
