using DeployStack.Data.Settings.Secrets.Keys;

namespace DeployStack.Data.Settings;

/// <summary>Makes files with the keys of secret settings.</summary>
/// <remarks>A key file is text: one key per line, base64 of 32 bytes; lines that begin with <c>#</c> are comments. The first
/// key encrypts, the others still decrypt. It is for its owner alone (0600) and is refused otherwise. Keep it outside the
/// directory of the database, and a copy apart from the backups: without it the secrets are lost.</remarks>
public static class SettingKeyFile
{
    /// <summary>Makes a file with one new key: mode 0600 from the first byte, missing directories 0700, whole or not there
    /// at all, also after a power cut.</summary>
    /// <param name="path">Where nothing stands yet.</param>
    /// <returns>The id of the key.</returns>
    /// <exception cref="SettingException">Something stands at the path (<see cref="DatabaseErrorKind.AlreadyConfigured"/>);
    /// it is not changed. Or the directory cannot be written.</exception>
    public static string Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return KeyFileWriter.Create(Path.GetFullPath(path));
    }

    /// <summary>Puts a new key in front, which encrypts from now on; the earlier ones stay, and so do comments. Readers see
    /// the old file or the new one, also after a power cut.</summary>
    /// <param name="path">A key file. Run this as its owner: the new file belongs to the caller.</param>
    /// <returns>The id of the new key.</returns>
    /// <remarks>Processes that name the file in <see cref="SettingSecretsOptions.KeyFile"/> see the key at their next write
    /// of a secret, or when they meet a value encrypted under it.</remarks>
    /// <exception cref="SettingException">The file cannot be used, or another process adds a key at the same time
    /// (<see cref="DatabaseErrorKind.Busy"/>); it is not changed.</exception>
    public static string AddKey(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return KeyFileWriter.AddKey(Path.GetFullPath(path));
    }
}
