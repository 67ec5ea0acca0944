using System.Reflection;
using System.Reflection.Emit;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Rows;

/// <summary>The code of one map: it calls one typed column reader after another, so that nothing is boxed.</summary>
/// <remarks>A dynamic method and not an expression tree: the first query of a process should not load and run a compiler.</remarks>
internal sealed class RowMapCode
{
    private readonly DynamicMethod method;
    private readonly List<ColumnReader> readers = [];
    private readonly TypeProfile profile;

    public RowMapCode(TypeProfile profile, Type type)
    {
        this.profile = profile;
        Type = type;
        method = new DynamicMethod("Map " + type.Name, type, [typeof(ColumnReader[]), typeof(RowReader)], typeof(RowMapCode).Module, skipVisibility: true);
        Il = method.GetILGenerator();
    }

    /// <summary>The result type.</summary>
    public Type Type { get; }

    public ILGenerator Il { get; }

    public bool IsScalar(Type type) => profile.Find(type) is not null;

    /// <summary>Puts the value of a column on the stack.</summary>
    /// <param name="type">A scalar.</param>
    /// <param name="ordinal">The column.</param>
    /// <param name="target">Whom the value is for, for the error.</param>
    public void EmitRead(Type type, int ordinal, string target)
    {
        var reader = ColumnReader.Create(profile, type, ordinal) ?? throw MappingErrors.Shape(
            $"{target} is of type {TypeNames.Of(type)}, for which the type profile has no converter. Register one with TypeProfile.With, or do not select its column.");
        Il.Emit(OpCodes.Ldarg_0);
        Il.Emit(OpCodes.Ldc_I4, readers.Count);
        Il.Emit(OpCodes.Ldelem_Ref);
        Il.Emit(OpCodes.Castclass, reader.GetType());
        Il.Emit(OpCodes.Ldarg_1);
        Il.Emit(OpCodes.Call, reader.GetType().GetMethod("Read", BindingFlags.Public | BindingFlags.Instance)!);
        readers.Add(reader);
    }

    public Func<RowReader, T> Finish<T>()
    {
        Il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<RowReader, T>>(readers.ToArray());
    }
}
