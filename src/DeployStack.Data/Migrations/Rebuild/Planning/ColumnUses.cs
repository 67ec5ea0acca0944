using DeployStack.Data.Migrations.Rebuild.Definitions;
using DeployStack.Data.Schema;

namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>Finds what would break if a column were dropped.</summary>
internal sealed class ColumnUses(RebuildTarget target, Catalogue catalogue, IReadOnlyList<CatalogueObject> dependents)
{
    private string Table => target.Old.Name;

    /// <exception cref="MigrationException">Something uses a dropped column; all of it is named.</exception>
    public void Refuse()
    {
        foreach (var (column, user) in target.Columns.Where(static column => column.Source is { } source && !SqlName.Same(source.Name, column.Final))
            .SelectMany(column => VirtualUsers(column.Source!.Name).Select(user => (column, user))))
        {
            throw RebuildRefusal.Of(Table, $"{column.Source!.Name} cannot be renamed while the virtual {user} names it: the engine does not rewrite what a module reads. Drop that first, in an earlier migration, and create it again afterwards.");
        }

        foreach (var column in target.Dropped)
        {
            var users = Users(column).Distinct(StringComparer.Ordinal).ToList();
            if (users.Count > 0)
            {
                throw RebuildRefusal.Of(Table, $"{column.Name} cannot be dropped while it is used by: {SqlName.List(users)}. Drop or change that first, in an earlier migration, and create it again afterwards; constraints of the table itself are changed by giving its whole new definition.");
            }
        }
    }

    private IEnumerable<string> Users(ColumnDefinition column)
    {
        foreach (var index in catalogue.Objects.Where(each => each.IsIndex && SqlName.Same(each.TableName, Table) && each.Tokens.SkipWhile(static token => !token.IsSymbol('(')).Any(token => token.Names(column.Name))))
        {
            yield return index.ToString();
        }

        foreach (var user in dependents.Where(each => Uses(each, column.Name)))
        {
            yield return user.ToString();
        }

        foreach (var user in VirtualUsers(column.Name))
        {
            yield return $"virtual {user}";
        }

        foreach (var reference in catalogue.References.Where(each => SqlName.Same(each.Parent, Table) && !SqlName.Same(each.Child, Table)))
        {
            if (SqlName.Same(reference.ParentColumn, column.Name) || (reference.ParentColumn is null && target.Old.PrimaryKey.Contains(column.Name, SqlName.Comparer)))
            {
                yield return $"foreign key of {reference.Child}";
            }
        }

        foreach (var user in target.IsWrittenInFinalNames ? [] : UsersInTable(column))
        {
            yield return user;
        }
    }

    // a full-text index over the table, for one
    private IEnumerable<CatalogueObject> VirtualUsers(string column)
        => catalogue.Objects.Where(each => each.IsVirtual && each.Mentions(Table) && each.Mentions(column));

    private IEnumerable<string> UsersInTable(ColumnDefinition column)
    {
        if (target.Old.PrimaryKey.Contains(column.Name, SqlName.Comparer))
        {
            yield return "the primary key";
        }

        foreach (var other in target.Old.Columns.Where(each => !target.Dropped.Contains(each) && each.Mentions(column.Name)))
        {
            yield return other.IsGenerated ? $"generated column {other.Name}" : $"a constraint of column {other.Name}";
        }

        foreach (var constraint in target.Old.Constraints.Where(each => each.Any(token => token.Names(column.Name))))
        {
            yield return $"constraint {target.Old.Sql[constraint[0].Start..constraint[^1].End]}";
        }
    }

    // where another table has a column of that name, only the engine can tell whose is meant: it does at the end
    private bool Uses(CatalogueObject user, string column)
    {
        var tokens = user.Tokens;
        var isOwnRow = user.IsTrigger && SqlName.Same(user.TableName, Table)
            && tokens.Zip(tokens.Skip(1), tokens.Skip(2)).Any(three => (three.First.Is("NEW") || three.First.Is("OLD")) && three.Second.IsSymbol('.') && three.Third.Names(column));
        return isOwnRow || (user.Mentions(column) && !catalogue.Columns.Any(other =>
            SqlName.Same(other.Name, column) && !SqlName.Same(other.TableName, Table) && user.Mentions(other.TableName)));
    }
}
