namespace DeployStack.Data.Plugins.Running;

/// <summary>A row of the catalogue.</summary>
internal sealed record SchemaObject(string Type, string Name, string TblName, string? Sql);
