namespace DeployStack.Data.Migrations.Sources;

/// <summary>The scripts of a folder.</summary>
internal sealed record FolderSource(string Folder, MigrationNaming Naming) : MigrationSource
{
    internal override async Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken)
    {
        var files = new List<MigrationFile>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(Folder).Where(static path => path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
            {
                var bytes = await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
                files.Add(new(Path.GetFileName(path), path, ScriptText.Decode(bytes, path)) { Naming = Naming });
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // the file system's words, with what it means for migrations
        {
            throw new MigrationException($"The migrations in {Folder} cannot be read: {exception.Message} Nothing was applied.", exception);
        }

        return files.Count > 0 ? files
            : throw new MigrationException($"The folder {Folder} holds no *.sql file. Nothing was applied. Correct the path, or copy the scripts there: <Content Include=\"…/*.sql\" CopyToOutputDirectory=\"PreserveNewest\" />.");
    }
}
