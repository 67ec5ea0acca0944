using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

internal sealed class ScalarWriter<T>(ValueConverter<T> converter) : TypedWriter<T>
{
    public override void Write(ProviderCommand command, int index, T value) => converter.Write(command, index, value);
}
