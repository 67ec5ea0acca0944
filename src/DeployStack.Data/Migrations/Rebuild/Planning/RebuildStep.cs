namespace DeployStack.Data.Migrations.Rebuild.Planning;

/// <summary>One statement of a rebuild.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Purpose">What it does, to follow "failed while": <c>copying the rows</c>.</param>
/// <param name="Refusal">For a query that must return no row: the sentence that tells what it found, and the way out.</param>
internal sealed record RebuildStep(string Sql, string Purpose, string? Refusal = null)
{
    public SqlStatement ToStatement() => new(Sql) { Expectation = Refusal is null ? null : StatementExpectation.NoRows };
}
