namespace DeployStack.Data.Migrations.Rebuild;

/// <summary>What a rebuild changes in a table: single changes, or a whole new definition.</summary>
/// <remarks>Columns are named as they are before the rebuild; the new name of a renamed column is understood as well. What
/// is not named stays as it is. Not thread-safe.</remarks>
/// <example><code>
/// await database.RebuildTableAsync("teams", t =&gt; t.RenameColumn("name", "title").ChangeType("age", "INTEGER").DropColumn("legacy"));
/// </code></example>
public sealed class TableChange
{
    internal TableChange()
    {
    }

    internal IList<(string From, string To)> Renames { get; } = [];

    internal IList<(string Column, string Type)> Types { get; } = [];

    internal IList<string> Drops { get; } = [];

    internal IList<string> Adds { get; } = [];

    internal string? Definition { get; private set; }

    /// <summary>Gives a column another name, also in indexes, triggers, views and foreign keys that use it.</summary>
    /// <param name="column">Its name now.</param>
    /// <param name="newName">Its name afterwards; columns may change places.</param>
    public TableChange RenameColumn(string column, string newName)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentException.ThrowIfNullOrEmpty(newName);
        Renames.Add((column, newName));
        return this;
    }

    /// <summary>Declares another type for a column and casts its values where the new type keeps other values than the old one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="type">As it would stand in CREATE TABLE (<c>INTEGER</c>, <c>VARCHAR(40)</c>); empty for none. A type of
    /// numeric affinity (<c>DATETIME</c>, <c>BOOLEAN</c>) casts nothing: the engine converts what looks like a number.</param>
    /// <remarks>A value that the change would not keep is refused: <see cref="TableRebuildOptions.AllowLossyCast"/>.</remarks>
    public TableChange ChangeType(string column, string type)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        ArgumentNullException.ThrowIfNull(type);
        Types.Add((column, type));
        return this;
    }

    /// <summary>Drops a column and its values. What uses it must be dropped or changed before.</summary>
    /// <param name="column">The column.</param>
    public TableChange DropColumn(string column)
    {
        ArgumentException.ThrowIfNullOrEmpty(column);
        Drops.Add(column);
        return this;
    }

    /// <summary>Adds a column behind the others, with everything that CREATE TABLE allows for one.</summary>
    /// <param name="definition">As it would stand in CREATE TABLE: <c>email TEXT NOT NULL DEFAULT ''</c>.</param>
    public TableChange AddColumn(string definition)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(definition);
        Adds.Add(definition);
        return this;
    }

    /// <summary>Gives the whole new definition: order of columns, constraints, STRICT, WITHOUT ROWID.</summary>
    /// <param name="createTable">A CREATE TABLE statement of the same table. Columns are matched by their names; renamed and
    /// dropped ones are named by <see cref="RenameColumn"/> and <see cref="DropColumn"/>, types and new columns stand in it.</param>
    public TableChange To(string createTable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(createTable);
        Definition = createTable;
        return this;
    }
}
