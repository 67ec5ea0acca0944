using DeployStack.Data.Provider;

namespace DeployStack.Data.Settings.Storage;

/// <summary>Rows that are filled into one object, one after the other.</summary>
/// <param name="items">What the rows are made of.</param>
/// <param name="fill">Writes an item into the row.</param>
internal sealed class BoundRows<TItem, TRow>(IReadOnlyList<TItem> items, Action<TItem, TRow> fill) : StatementRows
    where TRow : BoundRow, new()
{
    private readonly TRow _row = new();

    public override int Count => items.Count;

    public override object this[int index]
    {
        get
        {
            fill(items[index], _row);
            return _row;
        }
    }
}
