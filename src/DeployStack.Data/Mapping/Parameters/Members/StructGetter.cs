namespace DeployStack.Data.Mapping.Parameters.Members;

/// <summary>The shape of an instance getter of a struct as an open delegate.</summary>
internal delegate TMember? StructGetter<TSource, TMember>(ref TSource source)
    where TSource : struct;
