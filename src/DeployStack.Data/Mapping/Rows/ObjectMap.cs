using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>Records, classes and structs: a constructor by the names of its parameters, then the members that remain.</summary>
internal static class ObjectMap
{
    public static void Emit(RowMapCode code, string[] columns)
    {
        var type = code.Type;
        var constructor = Choose(type, columns);
        var parameters = constructor?.GetParameters() ?? [];
        foreach (var parameter in parameters)
        {
            code.EmitRead(parameter.ParameterType, ColumnList.Find(columns, parameter.Name!, type), $"{TypeNames.Of(type)}({parameter.Name})");
        }

        var done = parameters.Select(static p => ColumnList.Normalize(p.Name!)).ToHashSet(StringComparer.Ordinal);
        var setsRequired = constructor?.IsDefined(typeof(SetsRequiredMembersAttribute)) == true;
        var members = Members(type)
            .Where(m => !done.Contains(ColumnList.Normalize(m.Name)))
            .Select(m => (Member: m, Ordinal: Ordinal(m, type, columns, setsRequired)))
            .Where(static m => m.Ordinal >= 0)
            .ToArray();
        if (members.Length == 0 && parameters.Length == 0)
        {
            throw MappingErrors.Shape($"{TypeNames.Of(type)} has no member for any of the columns ({ColumnList.Of(columns)}).");
        }

        EmitNew(code, constructor);
        foreach (var (member, ordinal) in members)
        {
            EmitSet(code, member, ordinal);
        }

        if (type.IsValueType)
        {
            code.Il.Emit(OpCodes.Ldloc_0);
        }
    }

    // Leaves a class on the stack; a struct goes into local 0, because its setters need an address.
    private static void EmitNew(RowMapCode code, ConstructorInfo? constructor)
    {
        if (!code.Type.IsValueType)
        {
            code.Il.Emit(OpCodes.Newobj, constructor!);
            return;
        }

        var local = code.Il.DeclareLocal(code.Type);
        if (constructor is not null)
        {
            code.Il.Emit(OpCodes.Newobj, constructor);
            code.Il.Emit(OpCodes.Stloc, local);
        }
    }

    private static void EmitSet(RowMapCode code, MemberInfo member, int ordinal)
    {
        var isStruct = code.Type.IsValueType;
        if (isStruct)
        {
            code.Il.Emit(OpCodes.Ldloca_S, (byte)0);
        }
        else
        {
            code.Il.Emit(OpCodes.Dup);
        }

        var target = $"{TypeNames.Of(code.Type)}.{member.Name}";
        if (member is FieldInfo field)
        {
            code.EmitRead(field.FieldType, ordinal, target);
            code.Il.Emit(OpCodes.Stfld, field);
        }
        else
        {
            var property = (PropertyInfo)member;
            code.EmitRead(property.PropertyType, ordinal, target);
            code.Il.Emit(isStruct ? OpCodes.Call : OpCodes.Callvirt, Setter(property)!);
        }
    }

    private static int Ordinal(MemberInfo member, Type type, string[] columns, bool setsRequired)
    {
        var ordinal = ColumnList.Find(columns, member.Name, type);
        return ordinal >= 0 || setsRequired || !member.IsDefined(typeof(RequiredMemberAttribute))
            ? ordinal
            : throw Missing(type, [member.Name], columns);
    }

    /// <summary>The public constructor with the most parameters that all have columns; null for a struct that has none.</summary>
    private static ConstructorInfo? Choose(Type type, string[] columns)
    {
        var constructors = type.GetConstructors().OrderByDescending(static c => c.GetParameters().Length).ToArray();
        if (constructors.Length == 0)
        {
            return type.IsValueType ? null : throw MappingErrors.Shape($"{TypeNames.Of(type)} has no public constructor, so no row can be read as it.");
        }

        return constructors.FirstOrDefault(c => Absent(c, type, columns).Length == 0)
            ?? throw Missing(type, Absent(constructors[^1], type, columns), columns);
    }

    private static string[] Absent(ConstructorInfo constructor, Type type, string[] columns)
        => [.. constructor.GetParameters().Select(static p => p.Name!).Where(name => ColumnList.Find(columns, name, type) < 0)];

    private static DatabaseException Missing(Type type, string[] members, string[] columns) => MappingErrors.Shape(
        $"{TypeNames.Of(type)} needs {string.Join(", ", members)}, and the result has no such column (it has {ColumnList.Of(columns)}). Select it, or rename it with AS.");

    private static IEnumerable<MemberInfo> Members(Type type)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static p => p.GetIndexParameters().Length == 0 && Setter(p) is not null)
            .DistinctBy(static p => p.Name, StringComparer.Ordinal);
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(static f => !f.IsInitOnly);
        return [.. properties, .. fields];
    }

    // A private setter of a base class is seen only there.
    private static MethodInfo? Setter(PropertyInfo property)
        => property.SetMethod ?? property.DeclaringType!.GetProperty(
            property.Name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly, null, property.PropertyType, [], null)?.SetMethod;
}
