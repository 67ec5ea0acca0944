namespace DeployStack.Data.Migrations.Sources;

/// <summary>The scripts of a folder.</summary>
internal sealed record FolderSource(string Folder, MigrationNaming Naming) : MigrationSource
{
    // one hop to the pool for all files: one for each costs more than reading it
    internal override Task<IReadOnlyList<MigrationFile>> ReadAsync(CancellationToken cancellationToken)
        => Task.Run<IReadOnlyList<MigrationFile>>(() => Read(cancellationToken), cancellationToken);

    private List<MigrationFile> Read(CancellationToken cancellationToken)
    {
        var files = new List<MigrationFile>();
        var current = Folder;
        try
        {
            foreach (var path in Directory.EnumerateFiles(Folder).Where(static path => path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))
            {
                cancellationToken.ThrowIfCancellationRequested();
                current = path;
                files.Add(new(Path.GetFileName(path), path, ScriptText.Decode(File.ReadAllBytes(path), path)) { Naming = Naming });
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException) // the file system's words, with what it means for migrations
        {
            throw new MigrationException($"{current} cannot be read: {exception.Message} Nothing was applied. Correct the path, or give the process the right to read it.", exception);
        }

        return files.Count > 0 ? files
            : throw new MigrationException($"The folder {Folder} holds no *.sql file. Nothing was applied. Correct the path, or copy the scripts there: <Content Include=\"…/*.sql\" CopyToOutputDirectory=\"PreserveNewest\" />.");
    }
}
