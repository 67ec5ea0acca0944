using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters.Members;

/// <summary>A member of a class, read through an open delegate of its getter; nothing is boxed.</summary>
internal sealed class ClassMember<TSource, TMember>(string name, Func<TSource, TMember?> getter, ValueWriter? writer) : MemberAccessor(name)
    where TSource : class
{
    private readonly TypedWriter<TMember>? writer = (TypedWriter<TMember>?)writer;

    public override void Bind(ProviderCommand command, int index, object source)
    {
        var value = getter((TSource)source);
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

    public override object? Get(object source) => getter((TSource)source);
}
