using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Binds what a value of Dapper's own kinds (DbString) stands for.</summary>
internal sealed class CustomValueWriter<T>(ValueWriters writers) : TypedWriter<T>
{
    public override void Write(ProviderCommand command, int index, T value)
    {
        var inner = DapperParameters.Unwrap(value!);
        if (inner is not null && DapperParameters.IsCustomValue(inner.GetType()))
        {
            throw MappingErrors.UnsupportedType(command, index, inner.GetType());
        }

        writers.Write(command, index, inner);
    }
}
