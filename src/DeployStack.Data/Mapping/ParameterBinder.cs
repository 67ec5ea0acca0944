using System.Collections;
using System.Collections.Concurrent;
using DeployStack.Data.Mapping.Parameters;
using DeployStack.Data.Mapping.Parameters.Members;
using DeployStack.Data.Provider;

namespace DeployStack.Data.Mapping;

/// <summary>Binds the parameters of statements from objects; one per database, thread-safe.</summary>
internal sealed class ParameterBinder(TypeProfile profile)
{
    private readonly ConcurrentDictionary<Type, ObjectMembers> objects = new();
    private readonly ValueWriters writers = new(profile);

    /// <summary>Binds every parameter of <paramref name="command"/> by name; members that the statement does not mention
    /// are ignored.</summary>
    /// <exception cref="DatabaseException">Of kind <see cref="DatabaseErrorKind.InvalidParameter"/>.</exception>
    public void Bind(ProviderCommand command, object? parameters)
    {
        if (command.ParameterCount == 0)
        {
            return;
        }

        if (parameters is null)
        {
            throw MappingErrors.Parameters(
                $"Parameter {Shown(command, 0)} has no value: the statement was given no parameters. Pass an object with a member of that name.");
        }

        if (command.ParameterPlan is ParameterPlan plan && plan.Fits(this, parameters))
        {
            plan.Bind(command, parameters);
        }
        else if (Gather(command.Sql, parameters) is { } values)
        {
            BindNamed(command, parameters, values);
        }
        else
        {
            plan = MakePlan(command, parameters);
            plan.Bind(command, parameters);
            command.ParameterPlan = plan;
        }
    }

    private static string Shown(ProviderCommand command, int index)
        => ParameterName.Bare(command, index) is { IsEmpty: false } ? command.GetParameterName(index) : string.Empty;

    private static DatabaseException Missing(ProviderCommand command, int index, object parameters) => MappingErrors.Parameters(
        $"Parameter {Shown(command, index)} has no value: {TypeNames.Of(parameters.GetType())} has nothing of that name. Add it, or correct the name in the SQL.");

    private ParameterPlan MakePlan(ProviderCommand command, object parameters)
    {
        var type = parameters.GetType();
        if (writers.IsScalar(type) || parameters is IEnumerable)
        {
            throw MappingErrors.Parameters(
                $"Parameters were given as {TypeNames.Of(type)}, which has no names. Pass an object with a member for each parameter: new {{ name = value }}.");
        }

        var source = MembersOf(type);
        var members = new MemberAccessor[command.ParameterCount];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = source.Find(ParameterName.Bare(command, i)) ?? throw Missing(command, i, parameters);
        }

        return new ParameterPlan(this, type, members);
    }

    private void BindNamed(ProviderCommand command, object parameters, NamedValues values)
    {
        for (var i = 0; i < command.ParameterCount; i++)
        {
            var value = values.TryGet(ParameterName.Bare(command, i), out var found) ? found : throw Missing(command, i, parameters);
            writers.Write(command, i, value);
        }
    }

    // null for a plain object
    private NamedValues? Gather(string sql, object parameters)
    {
        NamedValues values;
        switch (parameters)
        {
            case IEnumerable<KeyValuePair<string, object?>> pairs:
                values = new NamedValues();
                foreach (var (name, value) in pairs)
                {
                    values.Set(name, value);
                }

                return values;
            case IDictionary dictionary:
                values = new NamedValues();
                foreach (DictionaryEntry entry in dictionary)
                {
                    values.Set(entry.Key as string ?? throw MappingErrors.Parameters("The keys of a dictionary of parameters must be strings."), entry.Value);
                }

                return values;
            case var dapper when DapperParameters.Knows(dapper):
                values = new NamedValues();
                DapperParameters.Collect(parameters, sql, values, AddMembers);
                return values;
            default:
                return null;
        }
    }

    private void AddMembers(object source, NamedValues values)
    {
        if (source is IEnumerable || DapperParameters.Knows(source))
        {
            throw MappingErrors.Parameters($"An object inside DynamicParameters is a {TypeNames.Of(source.GetType())}. Add its values by name.");
        }

        foreach (var member in MembersOf(source.GetType()).All)
        {
            values.Set(member.Name, member.Get(source));
        }
    }

    private ObjectMembers MembersOf(Type type) => objects.GetOrAdd(type, static (type, writers) => new ObjectMembers(type, writers), writers);
}
