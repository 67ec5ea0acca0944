using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Binds values of one type without boxing them; never called for null.</summary>
internal abstract class TypedWriter<T> : ValueWriter
{
    public abstract void Write(ProviderCommand command, int index, T value);

    public sealed override void WriteObject(ProviderCommand command, int index, object value) => Write(command, index, (T)value);
}
