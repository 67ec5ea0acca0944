using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Tells tables that can be rebuilt from those that cannot.</summary>
internal static class RebuildableTable
{
    private const string History = "deploystack_migrations";

    /// <exception cref="MigrationException">There is no such table, or it is of a kind that cannot be rebuilt.</exception>
    public static CatalogueObject Of(Catalogue catalogue, string name)
    {
        if (SqlName.Same(name, History))
        {
            throw RebuildRefusal.Of(name, "it is the history of the migrations, which belongs to the library. Leave it as it is.");
        }

        if (name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase))
        {
            throw RebuildRefusal.Of(name, "it belongs to the engine. Leave it as it is.");
        }

        return catalogue.Kind switch
        {
            "table" => catalogue.Objects.First(each => each.IsTable && SqlName.Same(each.Name, name)),
            "view" => throw RebuildRefusal.Of(name, "it is a view. Drop the view and create it again."),
            "virtual" => throw RebuildRefusal.Of(name, "it is a virtual table, whose rows its module keeps. Create another one and copy the rows."),
            "shadow" => throw RebuildRefusal.Of(name, "it is a shadow table, which belongs to a virtual table. Leave it as it is."),
            _ => throw RebuildRefusal.Of(name, "there is no table of this name in the database file. Correct the name; in a migration, create the table in an earlier one."),
        };
    }
}
