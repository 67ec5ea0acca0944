using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Binds a value declared as object, an interface or a base class, by the type that it turns out to have.</summary>
internal sealed class RuntimeTypeWriter<T>(ValueWriters writers) : TypedWriter<T>
{
    public override void Write(ProviderCommand command, int index, T value) => writers.Write(command, index, value);
}
