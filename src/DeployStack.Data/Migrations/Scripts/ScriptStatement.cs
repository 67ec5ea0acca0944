namespace DeployStack.Data.Migrations.Scripts;

/// <summary>One statement of a script.</summary>
/// <param name="Sql">From its first token to its last, without the semicolon.</param>
/// <param name="Number">Its place in the script, from 1.</param>
/// <param name="Line">The line of its first token, from 1.</param>
/// <param name="Column">The column of its first token in that line, from 1.</param>
internal sealed record ScriptStatement(string Sql, int Number, int Line, int Column = 1)
{
    /// <summary>The directives between the statement before it and its own end, in order.</summary>
    public IReadOnlyList<ScriptDirective> Directives { get; init; } = [];
}
