namespace DeployStack.Data.Testing;

/// <summary>What a template leaves to its copies.</summary>
/// <param name="Image">The bytes of a database file that is not in WAL mode; empty before the first migration.</param>
/// <param name="Now">Where its clock ended; the time of a copy does not run backwards from what was seeded.</param>
internal readonly record struct TemplateContent(ReadOnlyMemory<byte> Image, DateTimeOffset? Now);
