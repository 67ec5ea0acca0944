namespace DeployStack.Data.Settings;

/// <summary>What is done with all secrets of a database at once: looking after their keys, and changing to a new one.</summary>
/// <remarks>Thread-safe. Registered beside <see cref="ISettingsStore"/>; a store that
/// <see cref="SettingsStoreFactory"/> makes is one as well.</remarks>
public interface ISettingSecrets
{
    /// <summary>Counts the secrets by the key that they are encrypted under, those in the history included.</summary>
    /// <param name="cancellationToken">Stops the read within 50 ms.</param>
    /// <exception cref="DatabaseException">The database could not be read.</exception>
    Task<SettingSecretsStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Encrypts every secret anew that is not under the present key: what earlier keys, other formats and nobody
    /// encrypted, in the settings and in their history.</summary>
    /// <param name="progress">Told after each step; <see langword="null"/> for nobody.</param>
    /// <param name="cancellationToken">Stops it between two steps; what is done stays done, and the next call goes on.</param>
    /// <remarks>Online: readers and writers go on, in other processes too, as long as they have both keys. Each step is one
    /// durable batch; what it replaces is wiped from the file where the engine can. Give the earlier keys back only when no
    /// backup needs them any more.</remarks>
    /// <returns>What was done, and which secrets could not be read; those are unchanged.</returns>
    /// <exception cref="SettingException">There is no present key; nothing was written.</exception>
    Task<SecretRotationResult> RotateAsync(IProgress<SecretRotationResult>? progress = null, CancellationToken cancellationToken = default);
}
