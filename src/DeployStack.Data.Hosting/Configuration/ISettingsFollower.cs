using DeployStack.Data.Settings;

namespace DeployStack.Data.Hosting.Configuration;

/// <summary>Is told what the settings of a database are, at first and after each change; never by two threads at once.</summary>
internal interface ISettingsFollower
{
    void Take(SettingsSnapshot snapshot, SettingsBuilder declared);
}
