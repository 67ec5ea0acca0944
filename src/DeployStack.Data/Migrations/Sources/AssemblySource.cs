using System.Reflection;

namespace DeployStack.Data.Migrations.Sources;

/// <summary>The scripts that are embedded in an assembly, and its classes that are migrations.</summary>
internal sealed record AssemblySource(Assembly Assembly, string Prefix, MigrationNaming Naming) : MigrationSource
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
                files.Add(new(MigrationName.OfResource(resource), origin, ScriptText.Decode(bytes, origin)) { Naming = Naming });
            }
        }

        files.AddRange(Assembly.GetExportedTypes().Where(IsMigration).Select(static type => MigrationFile.Of((IMigration)Activator.CreateInstance(type)!)));
        return files.Count > 0 ? files
            : throw new MigrationException($"The assembly {assembly} has no resource {Prefix}*.sql and no public class that implements IMigration. Nothing was applied. Embed the scripts in its project: <EmbeddedResource Include=\"Migrations/*.sql\" />.");
    }

    private bool IsScript(string resource)
        => resource.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) && resource.StartsWith(Prefix, StringComparison.Ordinal);

    private bool IsMigration(Type type)
        => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
            && typeof(IMigration).IsAssignableFrom(type)
            && type.GetConstructor(Type.EmptyTypes) is not null
            && type.FullName!.StartsWith(Prefix, StringComparison.Ordinal);
}
