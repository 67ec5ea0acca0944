using System.Reflection;

namespace DeployStack.Data.Migrations.Sources;

/// <summary>The scripts that are embedded in an assembly.</summary>
internal sealed record AssemblySource(Assembly Assembly, string Prefix) : MigrationSource
{
    internal override async Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken)
    {
        var assembly = Assembly.GetName().Name;
        var files = new List<MigrationFile>();
        foreach (var resource in Assembly.GetManifestResourceNames().Where(IsScript))
        {
            var origin = $"{resource} in {assembly}";
            var stream = Assembly.GetManifestResourceStream(resource)!;
            await using (stream.ConfigureAwait(false))
            {
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
                files.Add(new(FileName(resource), origin, ScriptText.Decode(bytes, origin)));
            }
        }

        return files.Count > 0 ? files
            : throw new MigrationException($"The assembly {assembly} embeds no resource {Prefix}*.sql. Nothing was applied. Embed the scripts in its project: <EmbeddedResource Include=\"Migrations/*.sql\" />.");
    }

    private bool IsScript(string resource)
        => resource.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && resource.StartsWith(Prefix, StringComparison.Ordinal);

    // the build joins folders and file name by dots; a logical name may keep its slashes
    private static string FileName(string resource)
        => resource[(resource.LastIndexOfAny(['.', '/', '\\'], resource.Length - ".sql".Length - 1) + 1)..];
}
