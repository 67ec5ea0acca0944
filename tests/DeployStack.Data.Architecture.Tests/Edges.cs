using Mono.Cecil;
using Mono.Cecil.Cil;

namespace DeployStack.Data.Architecture.Tests;

/// <summary>Who uses whom, read from compiled IL: signatures, attributes and method bodies.</summary>
internal static class Edges
{
    /// <summary>Every type that <paramref name="type"/> and the types nested in it mention.</summary>
    public static IEnumerable<TypeReference> UsedBy(TypeDefinition type)
        => Mentions(type).SelectMany(Flatten).Where(used => used is not GenericParameter);

    /// <summary>The instructions of a type and of the types nested in it (closures, state machines).</summary>
    public static IEnumerable<Instruction> Instructions(TypeDefinition type)
        => type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions)
            .Concat(type.NestedTypes.SelectMany(Instructions));

    /// <summary>The uses between the rooms of one package, with one witness each.</summary>
    public static IReadOnlyDictionary<(string From, string To), string> BetweenRooms(string package)
    {
        var edges = new SortedDictionary<(string From, string To), string>();
        using var module = Product.Load(package);
        foreach (var type in module.Types.Where(type => type.Namespace.StartsWith(Product.Core, StringComparison.Ordinal)))
        {
            var from = Product.RoomOf(package, type);
            foreach (var used in UsedBy(type).Where(used => used.Scope == module && Product.Outermost(used).Namespace.StartsWith(Product.Core, StringComparison.Ordinal)))
            {
                var to = Product.RoomOf(package, used);
                if (from != to)
                {
                    edges.TryAdd((from, to), $"{type.Name} uses {used.Name}");
                }
            }
        }

        return edges;
    }

    private static IEnumerable<TypeReference?> Mentions(TypeDefinition type)
        => new[] { type.BaseType }
            .Concat(type.Interfaces.Select(each => each.InterfaceType))
            .Concat(OfAttributes(type))
            .Concat(type.GenericParameters.SelectMany(each => each.Constraints.Select(constraint => constraint.ConstraintType)))
            .Concat(type.Fields.SelectMany(field => OfAttributes(field).Prepend(field.FieldType)))
            .Concat(type.Properties.SelectMany(property => OfAttributes(property).Prepend(property.PropertyType)))
            .Concat(type.Events.SelectMany(each => OfAttributes(each).Prepend(each.EventType)))
            .Concat(type.Methods.SelectMany(OfMethod))
            .Concat(type.NestedTypes.SelectMany(Mentions));

    private static IEnumerable<TypeReference?> OfMethod(MethodDefinition method)
        => OfSignature(method).Concat(OfAttributes(method))
            .Concat(method.GenericParameters.SelectMany(each => each.Constraints.Select(constraint => constraint.ConstraintType)))
            .Concat(!method.HasBody ? [] : method.Body.Variables.Select(variable => variable.VariableType)
                .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType))
                .Concat(method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
                {
                    MethodReference called => OfSignature(called).Append(called.DeclaringType),
                    FieldReference field => [field.FieldType, field.DeclaringType],
                    TypeReference mentioned => [mentioned],
                    _ => [],
                })));

    private static IEnumerable<TypeReference?> OfSignature(MethodReference method)
        => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Concat(method is GenericInstanceMethod generic ? generic.GenericArguments : []);

    private static IEnumerable<TypeReference?> OfAttributes(ICustomAttributeProvider member)
        => member.CustomAttributes.Select(attribute => attribute.AttributeType);

    private static IEnumerable<TypeReference> Flatten(TypeReference? type) => type switch
    {
        null => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Flatten).Append(generic.ElementType),
        TypeSpecification specification => Flatten(specification.ElementType),
        _ => [type],
    };
}
