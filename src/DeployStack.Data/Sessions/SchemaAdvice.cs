namespace DeployStack.Data.Sessions;

/// <summary>Tells the caller of a "no such table" which migrations are pending.</summary>
internal sealed class SchemaAdvice(DatabaseSettings settings)
{
    private const int Shown = 5;

    public bool Applies(DatabaseException error, UnitOptions? options)
        => error.Kind == DatabaseErrorKind.SchemaMissing && options is not { WithoutAdvice: true } && settings.Migrations() is not null;

    /// <summary>Adds the advice to the error; whatever goes wrong on the way leaves the error as it was.</summary>
    public async Task GiveAsync(DatabaseException error)
    {
        try
        {
            if (settings.Migrations() is not { } migrations || await migrations.GetPendingAsync().ConfigureAwait(false) is not { Count: > 0 } pending)
            {
                return;
            }

            var names = string.Join(", ", pending.Take(Shown)) + (pending.Count > Shown ? ", …" : string.Empty);
            error.WithAdvice(pending.Count == 1
                ? $"1 migration is pending ({names}): run IMigrationRunner.ApplyAsync."
                : $"{pending.Count} migrations are pending ({names}): run IMigrationRunner.ApplyAsync.");
        }
        catch (Exception exception) // the caller gets the error that it is about, not one of the look-up
        {
            error.WithAdvice($"Whether migrations are pending could not be found out ({exception.GetType().Name}).");
        }
    }
}
