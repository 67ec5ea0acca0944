namespace DeployStack.Data.Migrations.Scripts;

/// <summary>Follows the tokens of one statement to tell which semicolons belong to the body of a trigger.</summary>
/// <remarks>As in SQLite's complete.c, the END of a trigger is the one that directly follows a semicolon (or, for an empty
/// body, BEGIN). Counting BEGIN, CASE and END would be wrong: <c>begin</c> and <c>end</c> may also be names of columns.</remarks>
internal struct TriggerState
{
    private Place _place;

    private enum Place
    {
        Start,
        Explain,
        Create,
        Other,
        Head,
        Step,
        InStep,
        End,
    }

    /// <summary>Whether no token of the statement was seen yet.</summary>
    public readonly bool IsEmpty => _place == Place.Start;

    /// <summary>Whether the end of the statement is not where the next semicolon is.</summary>
    public readonly bool IsInBody => _place is Place.Step or Place.InStep;

    /// <summary>Takes a token that does not end the statement.</summary>
    public void Observe(string sql, in SqlToken token)
    {
        _place = _place switch
        {
            Place.Start when token.Is(sql, "EXPLAIN") => Place.Explain,
            Place.Explain when token.Is(sql, "QUERY") || token.Is(sql, "PLAN") => Place.Explain,
            Place.Start or Place.Explain when token.Is(sql, "CREATE") => Place.Create,
            Place.Create when token.Is(sql, "TEMP") || token.Is(sql, "TEMPORARY") => Place.Create,
            Place.Create when token.Is(sql, "TRIGGER") => Place.Head,
            Place.Head => token.Is(sql, "BEGIN") ? Place.Step : Place.Head,
            Place.Step when token.Is(sql, "END") => Place.End,
            Place.Step or Place.InStep or Place.End => token.Kind == SqlTokenKind.Semicolon ? Place.Step : Place.InStep,
            _ => Place.Other,
        };
    }
}
