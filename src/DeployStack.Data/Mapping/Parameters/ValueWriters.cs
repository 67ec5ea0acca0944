using System.Collections;
using System.Collections.Concurrent;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Finds the writer of a type: scalar, list, or by the type at run time.</summary>
internal sealed class ValueWriters(TypeProfile profile)
{
    private readonly ConcurrentDictionary<Type, ValueWriter?> writers = new();

    /// <summary>The <see cref="TypedWriter{T}"/> of a declared type, or null where it can never be bound.</summary>
    public ValueWriter? Find(Type type) => writers.GetOrAdd(type, static (type, self) => self.Create(type), this);

    /// <summary>Whether a parameters object of this type is really a single value.</summary>
    public bool IsScalar(Type type) => profile.Find(type) is not null;

    /// <summary>Binds a value by its type at run time.</summary>
    public void Write(ProviderCommand command, int index, object? value)
    {
        if (value is null or DBNull)
        {
            command.BindNull(index);
            return;
        }

        // what Find gives for a bare object would ask here again
        var writer = value.GetType() == typeof(object) ? null : Find(value.GetType());
        if (writer is null || IsRuntimeTyped(writer))
        {
            throw MappingErrors.UnsupportedType(command, index, value.GetType());
        }

        writer.WriteObject(command, index, value);
    }

    private static bool IsRuntimeTyped(ValueWriter writer)
        => writer.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(RuntimeTypeWriter<>);

    private ValueWriter? Create(Type type)
    {
        if (profile.Find(type) is { } converter)
        {
            return Make(typeof(ScalarWriter<>), [type], converter);
        }

        if (DapperParameters.IsCustomValue(type))
        {
            return Make(typeof(CustomValueWriter<>), [type], this);
        }

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            var element = ElementOf(type);
            return Find(element) is { } inner ? Make(typeof(ListWriter<,>), [type, element], inner) : null;
        }

        return (type.IsValueType || type.IsSealed) && type != typeof(DBNull) ? null : Make(typeof(RuntimeTypeWriter<>), [type], this);
    }

    private static Type ElementOf(Type list) => (list.IsInterface ? list.GetInterfaces().Prepend(list) : list.GetInterfaces())
        .FirstOrDefault(static i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))?
        .GetGenericArguments()[0] ?? typeof(object);

    private static ValueWriter Make(Type definition, Type[] arguments, object part)
        => (ValueWriter)Activator.CreateInstance(definition.MakeGenericType(arguments), part)!;
}
