using System.Data;
using System.Reflection;

namespace DeployStack.Data.Testing.Conformance;

/// <summary>Dapper as an application uses it for itself. It is reached by reflection, because the packages know it in one
/// place only.</summary>
internal static class HostDapper
{
    private static readonly Assembly _dapper = Assembly.Load("Dapper");
    private static readonly Type _mapper = _dapper.GetType("Dapper.SqlMapper", throwOnError: true)!;
    private static readonly Type _handler = _mapper.GetNestedType("ITypeHandler")!;
    private static readonly MethodInfo _addHandler = _mapper.GetMethod("AddTypeHandler", [typeof(Type), _handler])!;
    private static readonly SemaphoreSlim _turn = new(1);

    /// <summary>Makes Dapper's own bag of parameters.</summary>
    /// <param name="template">An object whose members belong to the bag, or <see langword="null"/>.</param>
    /// <param name="values">Values by name.</param>
    public static object Parameters(object? template, params (string Name, object? Value)[] values)
    {
        var type = _dapper.GetType("Dapper.DynamicParameters", throwOnError: true)!;
        var parameters = template is null ? Activator.CreateInstance(type)! : Activator.CreateInstance(type, template)!;
        var add = type.GetMethod("Add", [typeof(string), typeof(object), typeof(DbType?), typeof(ParameterDirection?), typeof(int?)])!;
        foreach (var (name, value) in values)
        {
            add.Invoke(parameters, [name, value, null, null, null]);
        }

        return parameters;
    }

    /// <summary>Tells Dapper to store all values of some types as one and the same text, and not to read them.</summary>
    /// <param name="types">Types that have no handler so far.</param>
    /// <returns>Takes the handlers away again. They hold for the whole process, so that the next caller waits meanwhile.</returns>
    public static async Task<IDisposable> RegisterHandlersAsync(params Type[] types)
    {
        await _turn.WaitAsync();
        var create = typeof(DispatchProxy).GetMethod(nameof(DispatchProxy.Create), 2, [])!;
        var handler = create.MakeGenericMethod(_handler, typeof(SillyHandler)).Invoke(null, null);
        SetHandlers(types, handler);
        return new Registration(types);
    }

    private static void SetHandlers(Type[] types, object? handler)
    {
        foreach (var type in types)
        {
            _addHandler.Invoke(null, [type, handler]);
        }
    }

    private sealed class Registration(Type[] types) : IDisposable
    {
        public void Dispose()
        {
            SetHandlers(types, null); // which removes them
            _turn.Release();
        }
    }

    /// <summary>A type handler that a host might have registered.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives a class from it.")]
    internal class SillyHandler : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod is { Name: "SetValue" } && args is [IDbDataParameter parameter, ..])
            {
                parameter.Value = "silly";
                return null;
            }

            throw new InvalidOperationException("Dapper was asked to read a value.");
        }
    }
}
