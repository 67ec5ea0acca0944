namespace DeployStack.Data.Sqlite.Errors;

internal sealed record ErrorContext { public string? Sql { get; init; } public string? Label { get; init; } public bool IsWrite { get; init; } public bool? AutocommitAfter { get; init; } public string? Path { get; init; } }
