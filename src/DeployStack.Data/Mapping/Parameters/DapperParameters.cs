using System.Reflection;
using Dapper;
using DeployStack.Data.Mapping.Parameters.InMemory;

namespace DeployStack.Data.Mapping.Parameters;

/// <summary>Reads Dapper's parameter objects; the one place that knows Dapper.</summary>
/// <remarks>
/// Values are read as they were put in, before Dapper would convert them: a type handler that the host registered, or
/// Dapper's own rules for enums and lists, must not decide what this database stores. What DynamicParameters was given
/// by name it tells through IParameterLookup. Whole objects inside it (templates) it hands only to Dapper's own code
/// generator, so they are taken from its field; a Dapper without that field is refused rather than trusted blindly.
/// Any other IDynamicParameters decides by itself what it binds: it fills a command in memory, whose values are read.
/// </remarks>
internal static class DapperParameters
{
    private static readonly FieldInfo? Templates = typeof(DynamicParameters).GetField("templates", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>Whether the object is of a kind that Dapper defines.</summary>
    public static bool Knows(object parameters) => parameters is SqlMapper.IDynamicParameters;

    /// <summary>Whether a value is a wrapper of Dapper's, as DbString is.</summary>
    public static bool IsCustomValue(Type type) => typeof(SqlMapper.ICustomQueryParameter).IsAssignableFrom(type);

    /// <summary>What a wrapper would bind.</summary>
    public static object? Unwrap(object value)
    {
        using var command = new InMemoryCommand();
        ((SqlMapper.ICustomQueryParameter)value).AddParameter(command, "value");
        return command.Parameters.Count == 0 ? null : command.Parameters[0].Value;
    }

    /// <summary>Gathers the values of an object that <see cref="Knows"/>.</summary>
    /// <param name="parameters">The object.</param>
    /// <param name="sql">The statement, which some implementations look at.</param>
    /// <param name="values">Where the values go.</param>
    /// <param name="addMembers">Adds the members of a whole object.</param>
    public static void Collect(object parameters, string sql, NamedValues values, Action<object, NamedValues> addMembers)
    {
        if (parameters is DynamicParameters known && FillsItself(known.GetType()))
        {
            foreach (var template in TemplatesOf(known))
            {
                addMembers(template, values);
            }

            SqlMapper.IParameterLookup lookup = known;
            foreach (var name in known.ParameterNames)
            {
                values.Set(name, lookup[name]);
            }

            return;
        }

        using var connection = new InMemoryConnection();
        connection.Execute(new CommandDefinition(sql, parameters, flags: CommandFlags.NoCache));
        foreach (var parameter in connection.LastCommand!.Filled)
        {
            values.Set(parameter.ParameterName, parameter.Value);
        }
    }

    // a subclass may bring its own way of filling a command
    private static bool FillsItself(Type type)
        => type.GetInterfaceMap(typeof(SqlMapper.IDynamicParameters)).TargetMethods[0].DeclaringType == typeof(DynamicParameters);

    private static List<object> TemplatesOf(DynamicParameters parameters)
    {
        var field = Templates ?? throw new DatabaseException(
            DatabaseErrorKind.NotSupported,
            "This version of Dapper hides the objects inside DynamicParameters. Pass the object itself, a dictionary, or use the Dapper version this package was built with.");
        return (List<object>?)field.GetValue(parameters) ?? [];
    }
}
