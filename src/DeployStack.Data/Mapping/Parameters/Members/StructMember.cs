using System.Runtime.CompilerServices;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters.Members;

/// <summary>A member of a struct, read in the box that the caller handed over.</summary>
internal sealed class StructMember<TSource, TMember>(string name, StructGetter<TSource, TMember> getter, ValueWriter? writer) : MemberAccessor(name)
    where TSource : struct
{
    private readonly TypedWriter<TMember>? writer = (TypedWriter<TMember>?)writer;

    public override void Bind(ProviderCommand command, int index, object source)
    {
        var value = getter(ref Unsafe.Unbox<TSource>(source));
        if (value is null)
        {
            command.BindNull(index);
        }
        else if (writer is null)
        {
            throw MappingErrors.UnsupportedType(command, index, typeof(TMember));
        }
        else
        {
            writer.Write(command, index, value);
        }
    }

    public override object? Get(object source) => getter(ref Unsafe.Unbox<TSource>(source));
}
