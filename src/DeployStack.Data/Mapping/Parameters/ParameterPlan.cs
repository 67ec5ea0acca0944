using DeployStack.Data.Mapping.Parameters.Members;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Which member of one type of objects goes into which parameter of one statement.</summary>
internal sealed class ParameterPlan(ParameterBinder owner, Type type, MemberAccessor[] members)
{
    public bool Fits(ParameterBinder binder, object parameters) => ReferenceEquals(owner, binder) && parameters.GetType() == type;

    public void Bind(ProviderCommand command, object parameters)
    {
        for (var i = 0; i < members.Length; i++)
        {
            members[i].Bind(command, i, parameters);
        }
    }
}
