namespace DeployStack.Data.Hosting.Selection;

/// <summary>Finds out what is chosen: the selection file, then <c>DB_TYPE</c>, against the engines that are there.</summary>
internal sealed class SelectionReader(SelectionFile file, ConfigurationValues configuration, ProviderCatalog catalog)
{
    public SelectionFile File { get; } = file;

    /// <summary>Looks the choice up; what is wrong with it becomes its state.</summary>
    public DatabaseSelection Read()
    {
        var selection = File.Read() ?? FromVariable();
        if (selection.State != DatabaseSelectionState.Configured)
        {
            return selection;
        }

        try
        {
            _ = catalog.Find(selection.Type!);
            return selection;
        }
        catch (DatabaseException exception) // being invalid is a state with its reason
        {
            var source = selection.Source == DatabaseSelectionSource.SelectionFile ? $"the selection file '{File.Path}'" : ConfigurationValues.TypeVariable;
            return selection with { State = DatabaseSelectionState.Invalid, Reason = $"{exception.Message} The type comes from {source}." };
        }
    }

    /// <summary>Passes only where a set-up may choose <paramref name="type"/>.</summary>
    /// <param name="type">What is to be chosen.</param>
    /// <param name="inUse">What this process uses already, or <see langword="null"/>.</param>
    /// <exception cref="DatabaseException">Something is chosen, or the selection file is malformed.</exception>
    public void RefuseSecond(string type, DatabaseSelection? inUse)
    {
        var current = File.Read() ?? inUse ?? FromVariable();
        switch (current)
        {
            case { State: DatabaseSelectionState.Invalid, Reason: { } reason }:
                throw new DatabaseException(DatabaseErrorKind.NotConfigured, reason);
            case { Source: DatabaseSelectionSource.SelectionFile }:
                throw new DatabaseException(DatabaseErrorKind.AlreadyConfigured, $"A database of type '{current.Type}' was set up already{(current.SelectedAt is { } at ? $" on {at:yyyy-MM-dd}" : string.Empty)}; nothing was changed. To choose another, stop the application, delete '{File.Path}' and repeat the set-up; data is not moved.");
            case { Source: DatabaseSelectionSource.Variable } when !type.Equals(current.Type, StringComparison.Ordinal):
                throw new DatabaseException(DatabaseErrorKind.AlreadyConfigured, $"{ConfigurationValues.TypeVariable} chooses the type '{current.Type}'; '{type}' was not set up. Change or remove {ConfigurationValues.TypeVariable} and restart.");
        }
    }

    private DatabaseSelection FromVariable() => configuration.Variable(ConfigurationValues.TypeVariable) is { } type
        ? new() { State = DatabaseSelectionState.Configured, Source = DatabaseSelectionSource.Variable, Type = ProviderCatalog.Normalize(type) }
        : new()
        {
            State = DatabaseSelectionState.NotConfigured,
            Source = DatabaseSelectionSource.None,
            Reason = $"No database is chosen: there is neither a selection file '{File.Path}' nor a value {ConfigurationValues.TypeVariable}. Set {ConfigurationValues.TypeVariable} to one of {string.Join(", ", catalog.Types)} and restart, or call IDatabaseSelection.SelectAsync.",
        };
}
