using DeployStack.Data.Settings;

namespace DeployStack.Data.Quickstart.Settings;

/// <summary>The key of the secrets: a file for its owner alone, beside the folder of the database and not in it, so that a copy
/// of that folder is no copy of the key.</summary>
internal sealed class SettingKeys(string database)
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(database)! + "-keys", "settings.key");

    /// <summary>Makes the file at the first run.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Ensure()
    {
        if (File.Exists(Path))
        {
            return false;
        }

        SettingKeyFile.Create(Path);
        return true;
    }
}
