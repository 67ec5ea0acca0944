using System.Globalization;

namespace DeployStack.Data.Settings.Storage;

/// <summary>Collects the statements of a write as the engine takes them best.</summary>
/// <remarks>Where the database is in reach one prepared statement is executed row by row. An engine that is far away gets
/// statements of as many rows as they may have parameters.</remarks>
internal sealed class StatementList(DatabaseCapabilities capabilities)
{
    private readonly List<SqlStatement> _statements = [];

    public IReadOnlyList<SqlStatement> Statements => _statements;

    public void Add(string sql, object parameters, int? rowsAffected = null)
        => _statements.Add(new(sql, parameters) { Expectation = rowsAffected is { } rows ? StatementExpectation.Affects(rows) : null });

    /// <summary>Inserts rows, each of which must be new.</summary>
    public void Insert<TItem, TRow>(InsertText text, IReadOnlyList<TItem> items, Action<TItem, TRow> fill)
        where TRow : BoundRow, new()
    {
        if (capabilities.InteractiveTransactions)
        {
            ForEach(text.OneRow, items, fill);
            return;
        }

        var most = Math.Max(1, capabilities.MaxParameters / text.ParametersPerRow);
        for (var first = 0; first < items.Count; first += most)
        {
            var count = Math.Min(most, items.Count - first);
            var parameters = new Dictionary<string, object?>(StringComparer.Ordinal);
            var row = new TRow();
            for (var i = 0; i < count; i++)
            {
                fill(items[first + i], row);
                foreach (var name in text.Parameters)
                {
                    parameters[string.Create(CultureInfo.InvariantCulture, $"{name}{i}")] = row.Get(name);
                }
            }

            Add(text.Rows(count), parameters, count);
        }
    }

    /// <summary>Executes a statement for each item, each of which must be there.</summary>
    public void ForEach<TItem, TRow>(string sql, IReadOnlyList<TItem> items, Action<TItem, TRow> fill)
        where TRow : BoundRow, new()
    {
        if (items.Count == 0)
        {
            return;
        }

        if (capabilities.InteractiveTransactions)
        {
            Add(sql, new BoundRows<TItem, TRow>(items, fill), items.Count);
            return;
        }

        foreach (var item in items)
        {
            var row = new TRow();
            fill(item, row);
            Add(sql, row, 1);
        }
    }
}
