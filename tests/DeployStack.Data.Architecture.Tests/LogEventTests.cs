using Mono.Cecil;

namespace DeployStack.Data.Architecture.Tests;

public sealed class LogEventTests
{
    /// <summary>Room (package/folder, or a whole package) → its thousand of event ids.</summary>
    private static readonly Dictionary<string, int> Ranges = new()
    {
        ["DeployStack.Data/Sessions"] = 1000,
        ["DeployStack.Data/Diagnostics"] = 1000,
        ["DeployStack.Data.Sqlite"] = 2000,
        ["DeployStack.Data/Migrations"] = 3000,
        ["DeployStack.Data/Settings"] = 4000,
        ["DeployStack.Data/Backups"] = 5000,
        ["DeployStack.Data/Monitoring"] = 6000,
        ["DeployStack.Data/Plugins"] = 7000,
        ["DeployStack.Data/Transfer"] = 8000,
        ["DeployStack.Data.Hosting"] = 9000,
    };

    [Fact]
    public void Event_ids_are_unique()
        => Rule.Holds(
            Events().GroupBy(each => each.Id).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(each => each.Method))}"),
            "Take the next free id of the room.");

    [Fact]
    public void Event_ids_are_in_the_range_of_their_room()
        => Rule.Holds(
            Events().Where(each => RangeOf(each.Room) is not { } start || each.Id < start || each.Id >= start + 1000).Select(each => $"{each.Method}: {each.Id} in {each.Room}"),
            "LogEventTests.Ranges gives every room its thousand.");

    [Fact]
    public void Event_names_are_set_and_unique()
    {
        Rule.Holds(Events().Where(each => each.Name.Length == 0).Select(each => each.Method), "Set EventName: a fixed name survives a renamed method.");
        Rule.Holds(Events().GroupBy(each => each.Name).Where(group => group.Count() > 1).Select(group => group.Key), "Give each event a name of its own.");
    }

    [Fact]
    public void Every_event_carries_the_field_operation()
        => Rule.Holds(
            Events().Where(each => !each.Parameters.Contains("operation")).Select(each => $"{each.Method}: {each.Message}"),
            "Give the method a parameter named operation (snake_case value): it becomes the field, whether or not the template shows it.");

    private static int? RangeOf(string room) => Ranges.TryGetValue(room, out var start) || Ranges.TryGetValue(room.Split('/')[0], out start) ? start : null;

    private static List<LogEvent> Events()
    {
        var events = new List<LogEvent>();
        foreach (var package in Product.Names)
        {
            using var module = Product.Load(package);
            events.AddRange(
                from type in module.GetTypes()
                from method in type.Methods
                from attribute in method.CustomAttributes
                where attribute.AttributeType.Name == "LoggerMessageAttribute"
                select LogEvent.Of($"{package}/{Product.RoomOf(package, type)}".TrimEnd('/'), method, attribute));
        }

        return events;
    }

    private sealed record LogEvent(string Room, string Method, int Id, string Name, string Message, IReadOnlyList<string> Parameters)
    {
        public static LogEvent Of(string room, MethodDefinition method, CustomAttribute attribute)
        {
            var arguments = attribute.Constructor.Resolve().Parameters.Select(parameter => parameter.Name).Zip(attribute.ConstructorArguments.Select(each => each.Value))
                .Concat(attribute.Properties.Select(property => (property.Name, property.Argument.Value)))
                .ToDictionary(pair => pair.Item1, pair => pair.Item2, StringComparer.OrdinalIgnoreCase);
            return new LogEvent(
                room,
                $"{method.DeclaringType.Name}.{method.Name}",
                arguments.GetValueOrDefault("EventId") as int? ?? 0,
                arguments.GetValueOrDefault("EventName") as string ?? "",
                arguments.GetValueOrDefault("Message") as string ?? "",
                [.. method.Parameters.Select(parameter => parameter.Name)]);
        }
    }
}
