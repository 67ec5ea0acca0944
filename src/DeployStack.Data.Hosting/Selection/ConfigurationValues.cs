using Microsoft.Extensions.Configuration;

namespace DeployStack.Data.Hosting.Selection;

/// <summary>What the configuration says: the one place that reads it.</summary>
internal sealed class ConfigurationValues(IConfiguration configuration)
{
    public const string TypeVariable = "DB_TYPE";

    /// <summary>A value at the root, else of the environment, which not every configuration includes.</summary>
    public string? Variable(string name)
        => configuration[name] is { } value && !string.IsNullOrWhiteSpace(value) ? value
            : Environment.GetEnvironmentVariable(name) is { } variable && !string.IsNullOrWhiteSpace(variable) ? variable
            : null;

    /// <summary>The leaves below a section, by their keys relative to it.</summary>
    public IReadOnlyDictionary<string, string?> Below(string section)
    {
        var root = configuration.GetSection(section);
        return root.AsEnumerable(makePathsRelative: true)
            .Where(entry => entry.Value is not null || !root.GetSection(entry.Key).GetChildren().Any())
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
