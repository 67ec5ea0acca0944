namespace DeployStack.Data.Tests.BatchOnly.Remote;

/// <summary>One statement on the wire: values by the names of the parameters.</summary>
internal sealed record RemoteRequest(string Sql, IReadOnlyDictionary<string, RemoteValue> Values);
