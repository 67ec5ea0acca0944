namespace DeployStack.Data;

/// <summary>One SQL statement of a batch with its parameters and what is expected of it.</summary>
/// <param name="Sql">Exactly one statement.</param>
/// <param name="Parameters">Values by name, as for a session; <see langword="null"/> for none.</param>
public sealed record SqlStatement(string Sql, object? Parameters = null)
{
    /// <summary>What must hold after the statement, else the whole batch is rolled back with
    /// <see cref="DatabaseErrorKind.ExpectationFailed"/>; <see langword="null"/> (the default) expects nothing.</summary>
    public StatementExpectation? Expectation { get; init; }

    /// <summary>On whose behalf the statement runs in a batch of the host: a plugin's migration holds statements of both.
    /// It only ever confines: in a batch of a principal all statements are the principal's.</summary>
    internal Principal? Principal { get; init; }
}
