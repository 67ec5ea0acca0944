using DeployStack.Data.Settings.Exchange;

namespace DeployStack.Data.Settings;

/// <summary>Settings as a file: JSON in UTF-8, to look at, to keep under version control, to take to another database.</summary>
/// <remarks>The order is stable, so that two exports can be compared. Values of secrets are in it under a pass phrase or not
/// at all; everything else stands in the open and is not signed: import only a file whose way you know.</remarks>
public static class SettingsExchange
{
    /// <summary>Writes the settings of one moment.</summary>
    /// <param name="store">The settings; of a plugin's store its own.</param>
    /// <param name="stream">Gets the file; it is flushed and stays open.</param>
    /// <param name="options">What is exported; <see langword="null"/> for everything, secrets without their values.</param>
    /// <param name="cancellationToken">Stops it; a file without its closing brace is incomplete, and no import takes it.</param>
    /// <returns>How much is in the file, and which secrets' values are not.</returns>
    /// <remarks>Written as it goes: no second copy of the settings is held, except for encrypted secrets. A pass phrase takes a
    /// fraction of a second: PBKDF2 with SHA-256 and 600,000 iterations, then AES-256-GCM for each value, bound to its key.</remarks>
    /// <exception cref="ArgumentException">The pass phrase is shorter than 12 characters.</exception>
    /// <exception cref="SettingException">Secrets cannot be decrypted (<see cref="DatabaseErrorKind.SecretUnreadable"/>): all of
    /// them are named, and nothing was written to the stream.</exception>
    /// <exception cref="DatabaseException">The database could not be read.</exception>
    /// <example><code>
    /// await settings.ExportAsync(file, new SettingsExportOptions { Groups = ["smtp"], PassPhrase = passPhrase });
    /// </code></example>
    public static async Task<SettingsExportResult> ExportAsync(this ISettingsStore store, Stream stream, SettingsExportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        ExchangePassPhrase.Check(options.PassPhrase, nameof(options));
        var export = new SettingsExport(await store.GetSnapshotAsync(cancellationToken).ConfigureAwait(false), options);
        return await export.WriteAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a file over as one batch: all of it or nothing, and only what differs.</summary>
    /// <param name="store">The settings; of a plugin's store its own.</param>
    /// <param name="stream">The file, from where it stands to its end; it stays open.</param>
    /// <param name="options">How; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">As for a write.</param>
    /// <returns>What changed; in a dry run, what would.</returns>
    /// <remarks>A setting that the file calls not set is unset. Groups and descriptions in the file are for people: the
    /// application's declarations decide. Secrets are encrypted by the store as in every write.</remarks>
    /// <exception cref="SettingException">Nothing was written. The file is not what an export writes, or a value does not fit
    /// (<see cref="DatabaseErrorKind.InvalidParameter"/>, with the line or the key); the pass phrase is wrong, or an encrypted
    /// value was altered or moved (<see cref="DatabaseErrorKind.SecretUnreadable"/>); a setting was changed since the export
    /// (<see cref="DatabaseErrorKind.ExpectationFailed"/>).</exception>
    /// <exception cref="DatabaseException">The engine refused, or the key is another part's
    /// (<see cref="DatabaseErrorKind.NotAuthorized"/>); nothing was written unless
    /// <see cref="DatabaseException.OutcomeUnknown"/> is set.</exception>
    public static async Task<SettingsImportResult> ImportAsync(this ISettingsStore store, Stream stream, SettingsImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        var content = await ExchangeContent.ReadAsync(stream, options.MaxLength, cancellationToken).ConfigureAwait(false);
        var file = ExchangeReader.Read(content.Span);
        using var cipher = options.PassPhrase is { } passPhrase && file.Secrets is { } header
            ? await Task.Run(() => ExchangeCipher.Open(passPhrase, header), cancellationToken).ConfigureAwait(false)
            : null;
        var import = new SettingsImport(await store.GetSnapshotAsync(cancellationToken).ConfigureAwait(false), file, options, cipher);
        return await import.ApplyAsync(store, cancellationToken).ConfigureAwait(false);
    }
}
