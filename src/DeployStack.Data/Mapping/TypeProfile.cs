using System.Collections.Concurrent;
using System.Collections.Frozen;
using DeployStack.Data.Mapping.Converters;

namespace DeployStack.Data.Mapping;

/// <summary>How the values of one database are encoded; nothing of it is process-wide.</summary>
/// <remarks>Immutable and thread-safe. Changing a format of an existing database changes what is written from then on;
/// what was written before is still read, but an index then holds both forms.</remarks>
/// <example><code>
/// var profile = new TypeProfile { Guids = GuidFormat.Blob }.With(new TeamIdConverter());
/// </code></example>
public sealed class TypeProfile
{
    private readonly ConcurrentDictionary<Type, object?> converters = new();
    private readonly FrozenDictionary<Type, object> own;

    /// <summary>Makes a profile with the default formats.</summary>
    public TypeProfile() => own = FrozenDictionary<Type, object>.Empty;

    private TypeProfile(TypeProfile source, Type type, object converter)
    {
        Guids = source.Guids;
        DateTimes = source.DateTimes;
        Enums = source.Enums;
        own = new Dictionary<Type, object>(source.own) { [type] = converter }.ToFrozenDictionary();
    }

    /// <summary>The profile of a database that was given none: every format at its default.</summary>
    public static TypeProfile Default { get; } = new();

    /// <summary>How a <see cref="Guid"/> is written. Default <see cref="GuidFormat.Text"/>.</summary>
    public GuidFormat Guids { get; init; }

    /// <summary>How a <see cref="DateTime"/> and a <see cref="DateTimeOffset"/> are written. Default
    /// <see cref="DateTimeFormat.Text"/>.</summary>
    public DateTimeFormat DateTimes { get; init; }

    /// <summary>How an enum is written. Default <see cref="EnumFormat.Number"/>.</summary>
    public EnumFormat Enums { get; init; }

    /// <summary>Gives a copy of this profile that uses <paramref name="converter"/> for <typeparamref name="T"/>, also
    /// where <typeparamref name="T"/> has a converter already.</summary>
    /// <typeparam name="T">A type of the application, or one whose encoding is to differ.</typeparam>
    /// <param name="converter">Used from many threads at once.</param>
    public TypeProfile With<T>(ValueConverter<T> converter)
    {
        ArgumentNullException.ThrowIfNull(converter);
        return new TypeProfile(this, typeof(T), converter);
    }

    internal ValueConverter<T>? Find<T>() => (ValueConverter<T>?)Find(typeof(T));

    /// <summary>The <see cref="ValueConverter{T}"/> of a type, or null where the type is no scalar.</summary>
    internal object? Find(Type type)
        => converters.GetOrAdd(type, static (type, profile) => profile.own.GetValueOrDefault(type) ?? ScalarConverters.Create(type, profile), this);
}
