using System.Reflection;
using System.Reflection.Emit;

namespace DeployStack.Data.Mapping.Parameters.Members;

/// <summary>The readable public members of one type of parameters objects.</summary>
internal sealed class ObjectMembers
{
    private readonly MemberAccessor[] members;

    public ObjectMembers(Type type, ValueWriters writers)
    {
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static p => p.GetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0 && CanBeTyped(p.PropertyType))
            .DistinctBy(static p => p.Name, StringComparer.Ordinal)
            .Select(p => Make(type, p.PropertyType, p.Name, p.GetMethod!, writers));
        var fields = type.GetFields(BindingFlags.Public | BindingFlags.Instance)
            .Where(static f => CanBeTyped(f.FieldType))
            .Select(f => Make(type, f.FieldType, f.Name, FieldGetter(type, f), writers));
        members = [.. properties, .. fields];
    }

    /// <summary>All members, in the order of declaration.</summary>
    public IReadOnlyList<MemberAccessor> All => members;

    /// <summary>The member of this name: of equal case, or else whatever the case.</summary>
    public MemberAccessor? Find(ReadOnlySpan<char> name) => Find(name, StringComparison.Ordinal) ?? Find(name, StringComparison.OrdinalIgnoreCase);

    // what no generic class can be made for
    private static bool CanBeTyped(Type type) => !type.IsByRefLike && !type.IsByRef && !type.IsPointer && !type.IsFunctionPointer;

    private MemberAccessor? Find(ReadOnlySpan<char> name, StringComparison comparison)
    {
        foreach (var member in members)
        {
            if (name.Equals(member.Name, comparison))
            {
                return member;
            }
        }

        return null;
    }

    private static MemberAccessor Make(Type source, Type memberType, string name, MethodInfo getter, ValueWriters writers)
    {
        var (accessor, shape) = source.IsValueType
            ? (typeof(StructMember<,>), typeof(StructGetter<,>))
            : (typeof(ClassMember<,>), typeof(Func<,>));
        var open = getter.CreateDelegate(shape.MakeGenericType(source, memberType));
        return (MemberAccessor)Activator.CreateInstance(accessor.MakeGenericType(source, memberType), name, open, writers.Find(memberType))!;
    }

    private static DynamicMethod FieldGetter(Type source, FieldInfo field)
    {
        var getter = new DynamicMethod(
            field.Name, field.FieldType, [source.IsValueType ? source.MakeByRefType() : source], typeof(ObjectMembers).Module, skipVisibility: true);
        var il = getter.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldfld, field);
        il.Emit(OpCodes.Ret);
        return getter;
    }
}
