namespace DeployStack.Data.Architecture.Tests;

public sealed class RoomTests
{
    public static TheoryData<string> Packages => Product.Packages;

    [Fact]
    public void Every_room_of_the_core_stands_in_the_table_of_layers()
    {
        using var module = Product.Load(Product.Core);
        var rooms = module.Types.Where(type => type.Namespace.StartsWith(Product.Core, StringComparison.Ordinal))
            .Select(type => Product.RoomOf(Product.Core, type)).Distinct();
        Rule.Holds(rooms.Except(Layers.MayUse.Keys), "Give the room a line in Layers.MayUse.");
    }

    [Fact]
    public void Rooms_of_the_core_use_only_the_layers_below()
        => Rule.Holds(Layers.Violations(Edges.BetweenRooms(Product.Core)), "Rooms look down, never up or sideways; see docs/architecture.md.");

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_form_no_cycle(string package)
        => Rule.Holds(Layers.Cycles(Edges.BetweenRooms(package)), "Move the shared part down.");

    [Fact]
    public void The_core_is_read_deeply_enough_to_see_its_uses()
        => Assert.Contains(("Provider", ""), Edges.BetweenRooms(Product.Core).Keys);

    [Fact]
    public void An_upward_use_and_a_sideways_use_are_found()
    {
        Dictionary<(string From, string To), string> edges = new()
        {
            [("Provider", "Sessions")] = "up",
            [("Migrations", "Backups")] = "sideways",
            [("Settings", "Migrations")] = "down",
        };
        Assert.Equal(2, Layers.Violations(edges).Count());
    }

    [Fact]
    public void A_cycle_through_three_rooms_is_found()
    {
        Dictionary<(string From, string To), string> edges = new() { [("A", "B")] = "", [("B", "C")] = "", [("C", "A")] = "", [("A", "D")] = "" };
        Assert.Equal(3, Layers.Cycles(edges).Count());
    }
}
