namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>The answer to one statement, all rows at once.</summary>
internal sealed record RemoteResult(string[] Columns, List<RemoteValue[]> Rows, int RowsAffected);
