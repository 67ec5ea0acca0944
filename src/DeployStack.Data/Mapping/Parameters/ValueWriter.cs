using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Binds values of a type that is known only at run time.</summary>
internal abstract class ValueWriter
{
    public abstract void WriteObject(ProviderCommand command, int index, object value);
}
