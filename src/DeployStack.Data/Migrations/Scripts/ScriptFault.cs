namespace DeployStack.Data.Migrations.Scripts;

/// <summary>What keeps a script from being taken apart.</summary>
/// <param name="Message">Without a full stop.</param>
/// <param name="Line">Where what is not finished begins, from 1.</param>
/// <param name="Statement">The statement that it is in, from 1.</param>
internal sealed record ScriptFault(string Message, int Line, int Statement);
