using DeployStack.Data.Settings;

namespace DeployStack.Data.Testing.Conformance.Settings;

/// <summary>The declarations that the suites use.</summary>
internal static class Mail
{
    public static readonly Setting<string> Host = new("smtp.host") { Description = "SMTP server", IsRequired = true };
    public static readonly Setting<int> Port = new("smtp.port", 587) { Description = "SMTP port", IsRequired = true };
    public static readonly Setting<bool> Secure = new("smtp.secure", true);
    public static readonly Setting<decimal> Rate = new("smtp.rate", 1.50m);
    public static readonly Setting<string> Password = new("smtp.password") { IsSecret = true, IsRequired = true };
    public static readonly SettingGroup Group = new("smtp", "SMTP Mail Settings") { Icon = "mail", SortOrder = 1, Settings = [Host, Port, Secure, Rate, Password] };

    public static readonly Setting<string> PageUrl = new("global.page_url", "http://localhost:5173");
    public static readonly SettingGroup Global = new("global", "Global Settings") { Settings = [PageUrl] };

    /// <summary>A store over both groups, or over others.</summary>
    public static ISettingsStore Store(IDeployStackDatabase database, params SettingGroup[] groups) => Store(database, TimeProvider.System, groups);

    /// <summary>A store with a clock of its own.</summary>
    public static ISettingsStore Store(IDeployStackDatabase database, TimeProvider time, params SettingGroup[] groups) => Make(database, time, protector: null, groups);

    /// <summary>A store with keys, which reads the foreign format as well.</summary>
    public static ISettingsStore Store(IDeployStackDatabase database, ISettingProtector protector, params SettingGroup[] groups) => Make(database, TimeProvider.System, protector, groups);

    private static ISettingsStore Make(IDeployStackDatabase database, TimeProvider time, ISettingProtector? protector, SettingGroup[] groups)
    {
        var builder = new SettingsBuilder();
        foreach (var group in groups.Length > 0 ? groups : [Global, Group])
        {
            builder.Add(group);
        }

        return SettingsStoreFactory.Create(database, builder, time, protector: protector, readers: [new Keys.ForeignReader()]);
    }
}
