using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DeployStack.Data.Settings.Values;

namespace DeployStack.Data.Settings;

/// <summary>The declaration of one setting, whatever the type of its values; make a <see cref="Setting{T}"/>.</summary>
public abstract class Setting
{
    private protected Setting(string key, SettingType type, string defaultText)
    {
        Key = SettingKey.Check(key, nameof(key));
        Type = type;
        DefaultText = defaultText;
    }

    /// <summary>What it is known by in the database: 1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</summary>
    public string Key { get; }

    /// <summary>The kind of its values, which follows from their .NET type.</summary>
    public SettingType Type { get; }

    /// <summary>A sentence for people, kept in the database. Default <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the application needs a value; <see cref="ISettingsStore.InitializeAsync"/> lists those that have
    /// none, and refuses nothing. Default <see langword="false"/>.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether its value may be stored encrypted only and is masked everywhere. A secret has no default; what is
    /// a secret in the database stays one. Default <see langword="false"/>.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The text that a new row gets; empty for no value.</summary>
    internal string DefaultText { get; }

    /// <summary>Declares an e-mail address, a plain one without a name.</summary>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="defaultValue">An address, or nothing.</param>
    /// <exception cref="ArgumentException">The key does not fit, or the default is no address.</exception>
    public static Setting<string> Email(string key, string? defaultValue = null)
        => new(key, defaultValue ?? string.Empty, SettingCodec.Email);

    /// <summary>Declares an address of other schemes than the web's, or of one of them alone.</summary>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="schemes">Which schemes are taken, such as <c>https</c> or <c>amqps</c>; in any case.</param>
    /// <param name="defaultValue">An absolute address, or nothing.</param>
    /// <exception cref="ArgumentException">The key or a scheme does not fit, there is no scheme, or the default has another.</exception>
    public static Setting<Uri> Url(string key, IReadOnlyList<string> schemes, Uri? defaultValue = null)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        return schemes.Count > 0 && schemes.All(Uri.CheckSchemeName)
            ? new(key, defaultValue!, UrlText.Codec([.. schemes.Select(static scheme => scheme.ToLowerInvariant())]))
            : throw new ArgumentException($"The setting '{key}' is declared with no scheme, or with one that is none; 'https' is one, without a colon.", nameof(schemes));
    }

    /// <summary>Declares a list of values of any type that a setting can have, also of enumerations.</summary>
    /// <typeparam name="T">The type of the elements; none of them may be null.</typeparam>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="defaultValue">What it is created with, and what is read while nothing is stored; copied.</param>
    /// <exception cref="ArgumentException">The key does not fit, or an element cannot be stored.</exception>
    /// <exception cref="NotSupportedException">Settings have no such type.</exception>
    public static Setting<IReadOnlyList<T>> List<T>(string key, params IReadOnlyList<T> defaultValue)
    {
        ArgumentNullException.ThrowIfNull(defaultValue);
        return new(key, defaultValue, SettingCodec<IReadOnlyList<T>>.TryGet() ?? ListText.Codec(SettingCodec<T>.Get()));
    }

    /// <summary>Declares a value of any type, kept as JSON. Each reading gives an object of its own.</summary>
    /// <typeparam name="T">What the JSON stands for.</typeparam>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="defaultValue">What it is created with, and what is read while nothing is stored.</param>
    /// <param name="type">How it is read and written, from a source-generated context.</param>
    /// <exception cref="ArgumentException">The key does not fit, or the default is not read as it was written.</exception>
    /// <remarks>It is written on one line and with all letters as they are. A value whose JSON is the same text is not written
    /// again, so the order of a dictionary counts.</remarks>
    public static Setting<T> Json<T>(string key, T defaultValue, JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new(key, defaultValue, JsonText.Codec(type));
    }

    /// <inheritdoc cref="Json{T}(string, T, JsonTypeInfo{T})"/>
    /// <param name="key">1 to 255 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>.</param>
    /// <param name="defaultValue">What it is created with, and what is read while nothing is stored.</param>
    /// <param name="options">How it is read and written, and closed for changes by this; <see langword="null"/> for the defaults of
    /// the web: camel case, any case read.</param>
    [RequiresUnreferencedCode("Give a JsonTypeInfo where the application is trimmed.")]
    [RequiresDynamicCode("Give a JsonTypeInfo where the application is compiled ahead of time.")]
    public static Setting<T> Json<T>(string key, T defaultValue, JsonSerializerOptions? options = null)
    {
        options ??= JsonSerializerOptions.Web;
        options.MakeReadOnly(populateMissingResolver: true);
        return Json(key, defaultValue, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }

    /// <summary>Whether a text of the declared kind is also a value of the declared .NET type.</summary>
    internal bool Accepts(string text) => FindFault(text) is null;

    /// <summary>What is wrong with a text as a value, as the end of a sentence; <see langword="null"/> for nothing. It never
    /// holds the text.</summary>
    internal abstract string? FindFault(string text);

    /// <summary>The text as this type writes it; <see langword="null"/> where it is no value.</summary>
    internal abstract string? Normalise(string text);
}
