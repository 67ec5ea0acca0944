namespace DeployStack.Data.Sqlite.Handles.Principals;

/// <summary>What the authorizer refused.</summary>
/// <param name="Principal">Whose statement, trigger or view it was.</param>
/// <param name="What">What it tried, as it follows "may not".</param>
/// <param name="Context">The trigger or view in which it tried; <see langword="null"/> for the statement itself.</param>
internal sealed record Denial(Principal Principal, string What, string? Context = null)
{
    private const int Shown = 128;

    /// <summary>The refusal of something that SQLite told the authorizer.</summary>
    /// <param name="principal">Whose it was.</param>
    /// <param name="action">What it is about.</param>
    /// <param name="first">The callback's third argument.</param>
    /// <param name="second">Its fourth.</param>
    /// <param name="context">Its last.</param>
    public static Denial Of(Principal principal, AuthorizerAction action, string first, string second, string? context)
        => new(principal, Describe(action, Cut(first), Cut(second)), context is null ? null : Cut(context));

    public DatabaseException ToException(string? sql, string? label) => new(
        DatabaseErrorKind.NotAuthorized,
        $"The plugin '{Principal.Id}' may not {What}{(Context is null ? string.Empty : $" (in '{Context}')")}; nothing of the statement was kept. A plugin reaches what begins with '{Principal.Prefix}' and nothing else{(Principal.MayChangeSchema ? string.Empty : ", and changes its schema in its migrations only")}. Keep what it needs in tables of its own, or let the host do this for it.")
    {
        Sql = sql,
        Label = label,
    };

    private static string Describe(AuthorizerAction action, string first, string second) => action switch
    {
        AuthorizerAction.Read when second.Length > 0 => $"read '{first}.{second}'",
        AuthorizerAction.Read => $"read '{first}'",
        AuthorizerAction.Insert => $"insert into '{first}'",
        AuthorizerAction.Update => $"update '{first}'",
        AuthorizerAction.Delete => $"delete from '{first}'",
        AuthorizerAction.Function => $"call the function '{second}'",
        AuthorizerAction.Pragma => $"use PRAGMA {first}",
        AuthorizerAction.Attach or AuthorizerAction.Detach => "attach or detach a database",
        AuthorizerAction.Transaction or AuthorizerAction.Savepoint => "control the transaction",
        AuthorizerAction.AlterTable => $"alter the table '{second}'",
        AuthorizerAction.Reindex => $"rebuild the index '{first}'",
        AuthorizerAction.Analyze => "run ANALYZE",
        AuthorizerAction.CreateVirtualTable or AuthorizerAction.DropVirtualTable => $"create or drop the virtual table '{first}'",
        AuthorizerAction.CreateTable => $"create the table '{first}'",
        AuthorizerAction.CreateView => $"create the view '{first}'",
        AuthorizerAction.CreateIndex => $"create the index '{first}' on '{second}'",
        AuthorizerAction.CreateTrigger => $"create the trigger '{first}' on '{second}'",
        AuthorizerAction.DropTable or AuthorizerAction.DropView or AuthorizerAction.DropIndex or AuthorizerAction.DropTrigger => $"drop '{first}'",
        AuthorizerAction.CreateTemporaryIndex or AuthorizerAction.CreateTemporaryTable or AuthorizerAction.CreateTemporaryTrigger or AuthorizerAction.CreateTemporaryView => $"create the temporary object '{first}'",
        _ => $"do that (SQLite's action {(int)action})",
    };

    private static string Cut(string name) => name.Length <= Shown ? name : name[..Shown] + "…";
}
